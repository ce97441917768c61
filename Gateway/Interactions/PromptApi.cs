using Contracts;
using Contracts.Api;
using Gateway.Audit;
using Gateway.Identity;
using Gateway.Parking;
using Gateway.Policy;
using Gateway.Prompts;
using Gateway.Storage;
using Gateway.Texts;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Interactions;

/// <summary>A parked prompt's text for the people who decide about it: masked, and piece by piece on a recorded request.</summary>
internal static class PromptApi
{
    private const int ShortestReason = 3;
    private const int LongestReason = 500;

    public static IEndpointRouteBuilder MapPrompts(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/prompts/{ticketId}").WithTags("Prompts (reviewers)").AddEndpointFilter<NothingUnrecorded>().AddEndpointFilter<SaysErased>();
        group.MapGet("", Get).RequireAuthorization(IdentityExtensions.ReaderPolicy)
            .WithName("GetPrompt").WithSummary("The whole conversation with every sensitive value masked.");
        group.MapPost("/reveals", Reveal).RequireAuthorization(IdentityExtensions.PersonPolicy(Permissions.Reveal))
            .WithName("RevealFinding").WithSummary("One masked value in the clear. Recorded before it is given out.");
        return app;
    }

    private static async Task<Results<Ok<PromptView>, NotFound>> Get(string ticketId, HttpContext http, IDbContextFactory<GatewayStore> stores, PromptLayout layout, CancellationToken ct)
    {
        // Who may release alone must be able to read what they would release, whoever was asked.
        var alone = http.User.HasClaim(PersonClaims.Permission, Permissions.BreakGlass);
        if (await FindAsync(ticketId, alone, http, stores, ct) is not { } ticket) return TypedResults.NotFound();
        return TypedResults.Ok(await layout.OfAsync(ticket, ct));
    }

    private static async Task<Results<Ok<RevealedFinding>, NotFound, ProblemHttpResult>> Reveal(
        string ticketId, RevealFinding reveal, HttpContext http, IDbContextFactory<GatewayStore> stores, ParkingLot lot, PromptLayout layout, Trail trail, TimeProvider clock, CancellationToken ct)
    {
        var reason = reveal.Reason?.Trim() ?? "";
        if (reason.Length is < ShortestReason or > LongestReason)
            return TypedResults.Problem($"A reveal needs a reason of {ShortestReason} to {LongestReason} characters.", statusCode: 400, type: "urn:approvals:reason-needed");
        if (await FindAsync(ticketId, whoeverIsAsked: false, http, stores, ct) is not { } ticket) return TypedResults.NotFound();

        var findings = ticket.ReviewedFindings;
        if (reveal.Finding < 0 || reveal.Finding >= findings.Count || !PromptPolicy.Hides(findings[reveal.Finding])) return TypedResults.NotFound();
        var finding = findings[reveal.Finding];
        var body = JsonBody.Parse(await lot.ReviewedBodyAsync(ticket, ct));
        if (body.Parts.Concat(await layout.AnswerOfAsync(ticket, ct)).FirstOrDefault(p => p.Path == finding.Path && p.Text.Length >= finding.End) is not { } part) return TypedResults.NotFound();

        await trail.RecordAsync(lot.Entry(ticket, "reveal") with
        {
            Actor = http.User.FindFirst(PersonClaims.Subject)!.Value, // the policy let nobody in without one
            ActorName = http.User.FindFirst(PersonClaims.Name)?.Value,
            FindingTypes = TrailEntry.Types([finding.Type]),
            Findings = null,
            Outcome = "revealed",
            Reason = reason,
        }, [], ct);
        return TypedResults.Ok(new RevealedFinding(reveal.Finding, part.Text[finding.Start..finding.End]));
    }

    /// <summary>Null for people none of whose groups has a say: they do not learn that the ticket exists.</summary>
    public static async Task<Ticket?> FindAsync(string ticketId, bool whoeverIsAsked, HttpContext http, IDbContextFactory<GatewayStore> stores, CancellationToken ct)
    {
        await using var store = await stores.CreateDbContextAsync(ct);
        var ticket = await store.Set<Ticket>().AsNoTracking().SingleOrDefaultAsync(t => t.Id == ticketId, ct);
        var groups = http.User.FindAll(PersonClaims.Group).Select(c => c.Value).ToHashSet(StringComparer.Ordinal);
        return ticket is not null && (whoeverIsAsked || ticket.Stages.Any(stage => stage.Concerns(groups.Contains))) ? ticket : null;
    }
}
