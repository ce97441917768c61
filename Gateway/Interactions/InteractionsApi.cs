using System.Security.Claims;
using Contracts;
using Contracts.Api;
using Gateway.Audit;
using Gateway.Identity;
using Gateway.Policies;
using Gateway.Policy;
using Gateway.Texts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Interactions;

/// <summary>One interaction as it happened, for people who read the trail. Opening its texts is an entry itself.</summary>
internal static class InteractionsApi
{
    private const int ShortestReason = 3;
    private const int LongestReason = 500;

    public static IEndpointRouteBuilder MapInteractions(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/interactions/{id}").RequireAuthorization(IdentityExtensions.PersonPolicy(Permissions.ReadTrail)).WithTags("Trail")
            .AddEndpointFilter<NothingUnrecorded>().AddEndpointFilter<SaysErased>();
        group.MapGet("", Get).WithName("GetInteraction").WithSummary("What is on record of an interaction, by its id or its ticket's, with the checkpoints that prove it.");
        group.MapPost("/open", Open).WithName("OpenInteraction").WithSummary("Its texts, every sensitive value masked. Recorded, with the reason, before anything is shown.");
        group.MapPost("/reveals", Reveal).RequireAuthorization(IdentityExtensions.PersonPolicy(Permissions.Reveal)).WithName("RevealOfInteraction").WithSummary("One masked value in the clear. Recorded before it is given out.");
        group.MapPost("/judge", Judge).WithName("JudgeAgain").WithSummary("What another policy version, or a draft, would decide about it. No model is called.");
        return app;
    }

    private static async Task<Results<Ok<InteractionView>, NotFound>> Get(string id, RecordedInteractions interactions, CancellationToken ct) =>
        await interactions.FindAsync(id, ct) is { } found ? TypedResults.Ok(await interactions.ViewAsync(found, ct)) : TypedResults.NotFound();

    private static async Task<Results<Ok<OpenedInteraction>, NotFound, ProblemHttpResult>> Open(string id, OpenInteraction asked, ClaimsPrincipal user, RecordedInteractions interactions, Trail trail, TimeProvider clock, CancellationToken ct)
    {
        if (!IsReason(asked.Reason)) return ReasonNeeded();
        if (await interactions.FindAsync(id, ct) is not { } found) return TypedResults.NotFound();
        var opened = await interactions.OpenAsync(found, ct);
        var person = SignedIn.PersonOf(user);
        await trail.RecordAsync(EntryOf(found, person.Subject, person.Name, clock) with { Kind = "opened", Outcome = opened.Genuine ? "opened" : "not genuine", Reason = asked.Reason.Trim() }, [], ct);
        return TypedResults.Ok(opened);
    }

    private static async Task<Results<Ok<RevealedFinding>, NotFound, ProblemHttpResult>> Reveal(string id, RevealFinding asked, ClaimsPrincipal user, RecordedInteractions interactions, Trail trail, TimeProvider clock, CancellationToken ct)
    {
        if (!IsReason(asked.Reason)) return ReasonNeeded();
        if (await interactions.FindAsync(id, ct) is not { } found || await interactions.ValueAsync(found, asked.Finding, ct) is not var (finding, value)) return TypedResults.NotFound();
        var person = SignedIn.PersonOf(user);
        await trail.RecordAsync(EntryOf(found, person.Subject, person.Name, clock) with { Kind = "reveal", Outcome = "revealed", FindingTypes = TrailEntry.Types([finding.Type]), Reason = asked.Reason.Trim() }, [], ct);
        return TypedResults.Ok(new RevealedFinding(asked.Finding, value));
    }

    private static async Task<Results<Ok<JudgedAgain>, NotFound, ProblemHttpResult>> Judge(string id, JudgeAgain asked, RecordedInteractions interactions, PolicyArchive policies, CancellationToken ct)
    {
        if (await interactions.FindAsync(id, ct) is not { Judged: { } judged } found) return TypedResults.NotFound();
        if (await policies.FindAsync(asked.Policy.Trim(), ct) is not { } policy) return TypedResults.Problem($"There is no policy version and no draft '{asked.Policy.Trim()}' that can be read.", statusCode: StatusCodes.Status404NotFound, type: "urn:approvals:policy-not-found");
        var now = policy.Decide(PolicyJson.ReadJudged(judged));
        return TypedResults.Ok(new JudgedAgain(new Judgement(found.Decision ?? "", found.Rule ?? "", found.PolicyVersion ?? ""), new Judgement(now.Word, now.Rule, policy.Version)));
    }

    private static TrailEntry EntryOf(TrailEntry about, string subject, string name, TimeProvider clock) => new()
    {
        At = clock.GetUtcNow(), Kind = "opened", Actor = subject, ActorName = name, InteractionId = about.InteractionId, TicketId = about.TicketId, Route = about.Route, Model = about.Model,
    };

    private static bool IsReason(string? reason) => reason?.Trim().Length is >= ShortestReason and <= LongestReason;

    private static ProblemHttpResult ReasonNeeded() => TypedResults.Problem($"This needs a reason of {ShortestReason} to {LongestReason} characters.", statusCode: StatusCodes.Status400BadRequest, type: "urn:approvals:reason-needed");
}
