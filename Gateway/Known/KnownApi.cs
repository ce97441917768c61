using System.Security.Claims;
using System.Text;
using Contracts;
using Contracts.Api;
using Gateway.Audit;
using Gateway.Identity;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace Gateway.Known;

/// <summary>Known cases, for the people who write the policy; that there are any, for everybody.</summary>
internal static class KnownApi
{
    /// <summary>A body in JSON may be written with six characters for each of its own.</summary>
    private const int LargestRequest = 6 * AddKnown.LargestBody;

    public static IEndpointRouteBuilder MapKnown(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/known/notice", (IOptions<KnownOptions> options) => TypedResults.Ok(new KnownNotice(options.Value.PerDay))).RequireAuthorization(IdentityExtensions.AnyPersonPolicy)
            .WithTags("Known cases").WithName("GetKnownNotice").WithSummary("How many rows a day at most are known cases that nobody waits for.");
        var group = app.MapGroup("/api/known").RequireAuthorization(IdentityExtensions.PersonPolicy(Permissions.EditPolicy)).WithTags("Known cases").AddEndpointFilter<NothingUnrecorded>();
        group.MapGet("", List).WithName("ListKnown").WithSummary("Known cases without their texts, newest first, and what became of each.");
        group.MapPost("", Add).WithName("AddKnown").WithMetadata(new RequestSizeLimitAttribute(LargestRequest)).WithSummary("Adds a prompt whose right answer is known. The same operation id adds one.");
        group.MapDelete("/{id:guid}", Retire).WithName("RetireKnown").WithSummary("Shows it to nobody any more and erases its text.");
        return app;
    }

    private static async Task<Ok<KnownList>> List(KnownDesk desk, IOptions<KnownOptions> options, CancellationToken ct) => TypedResults.Ok(new KnownList(options.Value.PerDay, await desk.ListAsync(ct)));

    private static async Task<Results<Ok<KnownCaseView>, ProblemHttpResult>> Add(AddKnown asked, ClaimsPrincipal user, KnownDesk desk, CancellationToken ct)
    {
        if (asked.OperationId == Guid.Empty) return Wrong("operationId is a GUID of the client's choosing, not all zeros.");
        if (asked.Name?.Trim().Length is not (>= 3 and <= 100)) return Wrong("Give it a name of 3 to 100 characters; reviewers never see it.");
        if (asked.Caller?.Trim().Length is not (>= 1 and <= 200)) return Wrong("Say which caller it seems to come from, by their subject: 1 to 200 characters.");
        if (asked.Why?.Trim().Length is not (>= 3 and <= 300)) return Wrong("Say why that is the right answer, in 3 to 300 characters: whoever answers reads it.");
        if (!Enum.IsDefined(asked.Expected)) return Wrong("The right answer is release or reject.");
        if (string.IsNullOrWhiteSpace(asked.Body)) return Wrong("Paste the request's body as the caller would send it.");
        if (Encoding.UTF8.GetByteCount(asked.Body) > AddKnown.LargestBody) return Wrong($"The body is larger than {AddKnown.LargestBody / 1024} kB. Shorten the prompt.");
        try
        {
            return TypedResults.Ok(await desk.AddAsync(asked, SignedIn.PersonOf(user), ct));
        }
        catch (KnownRefusedException refused)
        {
            return TypedResults.Problem(refused.Message, statusCode: StatusCodes.Status422UnprocessableEntity, type: "urn:approvals:known-refused");
        }
    }

    private static async Task<Results<NoContent, NotFound>> Retire(Guid id, ClaimsPrincipal user, KnownDesk desk, CancellationToken ct) =>
        await desk.RetireAsync(id, SignedIn.PersonOf(user), ct) ? TypedResults.NoContent() : TypedResults.NotFound();

    private static ProblemHttpResult Wrong(string message) => TypedResults.Problem(message, statusCode: StatusCodes.Status400BadRequest, type: "urn:approvals:bad-request");
}
