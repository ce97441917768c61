using Contracts;
using Contracts.Api;
using Gateway.Identity;
using Gateway.Policy;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Search;

/// <summary>Who asked for this, did it leave, who got past a rule. What is looked for comes in a body, and is not kept.</summary>
internal static class QuestionsApi
{
    private const int LongestText = 20_000;
    private const int LongestValue = 1_000;

    public static IEndpointRouteBuilder MapQuestions(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/questions").RequireAuthorization(IdentityExtensions.PersonPolicy(Permissions.ReadTrail)).WithTags("Questions");
        group.MapPost("/who-asked", WhoAsked).WithName("WhoAsked").WithSummary("Interactions with this text, a similar one, or these words.");
        group.MapPost("/did-it-leave", DidItLeave).WithName("DidItLeave").WithSummary("Whether protected values of a type, or this very value, went to a model or a caller.");
        group.MapPost("/who-got-past", WhoGotPast).WithName("WhoGotPast").WithSummary("Broken glass, grants, reveals, policies changed right before, and prompts judged by an older one.");
        return app;
    }

    private static async Task<Results<Ok<Found<AskedBy>>, ProblemHttpResult>> WhoAsked(WhoAsked asked, Questions questions, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(asked.Text) || asked.Text.Length > LongestText) return Wrong($"text is 1 to {LongestText:N0} characters.");
        return TypedResults.Ok(await questions.WhoAskedAsync(asked, ct));
    }

    private static async Task<Results<Ok<Found<LeftBy>>, ProblemHttpResult>> DidItLeave(DidItLeave asked, Questions questions, PolicyWorld world, CancellationToken ct)
    {
        var cleaned = asked with { Type = string.IsNullOrWhiteSpace(asked.Type) ? null : asked.Type.Trim(), Value = string.IsNullOrWhiteSpace(asked.Value) ? null : asked.Value };
        if (cleaned is { Type: null, Value: null }) return Wrong("Say which type of value, or which value.");
        if (cleaned.Value?.Length > LongestValue) return Wrong($"value is at most {LongestValue:N0} characters.");
        return TypedResults.Ok(await questions.DidItLeaveAsync(cleaned, [.. world.FindingTypes ?? new HashSet<string>()], ct));
    }

    private static async Task<Ok<Found<GotPast>>> WhoGotPast(WhoGotPast asked, Questions questions, CancellationToken ct) => TypedResults.Ok(await questions.WhoGotPastAsync(asked, ct));

    private static ProblemHttpResult Wrong(string message) => TypedResults.Problem(message, statusCode: StatusCodes.Status400BadRequest, type: "urn:approvals:bad-request");
}
