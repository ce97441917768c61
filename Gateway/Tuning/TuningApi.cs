using Contracts.Api;
using Gateway.Policy;
using Gateway.Policy.Yaml;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Tuning;

/// <summary>What a policy would have done to recorded traffic.</summary>
internal static class TuningApi
{
    private const int MostDays = 31;

    public static IEndpointRouteBuilder MapTuning(this IEndpointRouteBuilder app)
    {
        app.MapPost("/api/policies/what-if", Ask).RequireAuthorization(PolicyExtensions.ReadPolicy).WithTags("Policy")
            .WithName("AskWhatIf").WithSummary("Judges recorded prompts again by another policy and says what would have been otherwise. Keeps nothing.");
        return app;
    }

    private static async Task<Results<Ok<WhatIfReport>, ProblemHttpResult>> Ask(AskWhatIf ask, WhatIf whatIf, PolicyInForce inForce, PolicyWorld world, CancellationToken ct)
    {
        if (ask.Days is < 1 or > MostDays) return TypedResults.Problem($"days is 1 to {MostDays}.", statusCode: 400, type: "urn:approvals:bad-request");
        var policy = inForce.Current;
        if (ask.Text is { } text)
        {
            var reading = PolicyReader.Read(text, world);
            if (reading.Document is null)
                return TypedResults.Problem($"{reading.Errors.Count} thing(s) are wrong with this policy: {reading.Errors[0].Message}", statusCode: 422, type: "urn:approvals:policy-wrong",
                    extensions: new Dictionary<string, object?> { ["errors"] = reading.Errors.Select(error => new PolicyProblem(error.Line, error.Message)).ToList() });
            policy = new PromptPolicy(reading.Document, "draft");
        }
        return TypedResults.Ok(await whatIf.CompareAsync(policy, TimeSpan.FromDays(ask.Days), ct));
    }
}
