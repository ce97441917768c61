using System.Security.Claims;
using Contracts;
using Contracts.Api;
using Gateway.Audit;
using Gateway.Identity;
using Gateway.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Shared;

namespace Gateway.Retention;

/// <summary>Erasing texts, and keeping them from being erased. Each is an entry of the trail, with its reason.</summary>
internal static class RetentionApi
{
    private const int ShortestReason = 3;
    private const int LongestReason = 2_000;
    private const int MostHolds = 500;

    public static IEndpointRouteBuilder MapRetention(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api").RequireAuthorization(IdentityExtensions.PersonPolicy(Permissions.ManageData)).WithTags("Retention").AddEndpointFilter<NothingUnrecorded>();
        group.MapPost("/erasures", Erase).WithName("EraseTexts").WithSummary("Erases the texts of interactions, or of all that one caller sent, for good. The trail stays and verifies.");
        group.MapGet("/holds", List).WithName("ListHolds").WithSummary("Legal holds, newest first, those that were lifted too.");
        group.MapPost("/holds", Place).WithName("PlaceHold").WithSummary("Keeps texts from being erased by request or by time. The same operation id places one hold.");
        group.MapPost("/holds/{id:guid}/lift", Lift).WithName("LiftHold").WithSummary("Ends a hold; what it kept may be erased again.");
        return app;
    }

    private static async Task<Results<Ok<ErasedTexts>, ProblemHttpResult>> Erase(EraseTexts asked, ClaimsPrincipal user, Eraser eraser, CancellationToken ct)
    {
        if (!IsReason(asked.Reason)) return ReasonNeeded();
        if (asked.Ids.Count > Eraser.Most) return Wrong($"ids are at most {Eraser.Most}.");
        if (asked.Ids.Count == 0 == string.IsNullOrWhiteSpace(asked.Subject)) return Wrong("Either ids of tickets and interactions, or the subject of a caller.");
        return TypedResults.Ok(await eraser.EraseAsync(asked, SignedIn.PersonOf(user), ct));
    }

    private static async Task<Ok<IReadOnlyList<HoldView>>> List(IDbContextFactory<GatewayStore> stores, CancellationToken ct)
    {
        await using var store = await stores.CreateDbContextAsync(ct);
        return TypedResults.Ok<IReadOnlyList<HoldView>>([.. (await store.Set<LegalHold>().AsNoTracking().OrderByDescending(hold => hold.PlacedAt).Take(MostHolds).ToListAsync(ct)).Select(ViewOf)]);
    }

    private static async Task<Results<Ok<HoldView>, ProblemHttpResult>> Place(PlaceHold asked, ClaimsPrincipal user, IDbContextFactory<GatewayStore> stores, TimeProvider clock, CancellationToken ct)
    {
        if (!IsReason(asked.Reason)) return ReasonNeeded();
        if (asked.OperationId == Guid.Empty) return Wrong("operationId is a GUID of the client's choosing, not all zeros.");
        if (asked is { Subject: null, InteractionId: null, From: null, To: null }) return Wrong("Say whose texts, of which interaction, or of which time.");
        if (asked.From >= asked.To) return Wrong("The time ends before it begins.");
        var (person, now) = (SignedIn.PersonOf(user), clock.GetUtcNow());
        var hold = new LegalHold
        {
            Id = asked.OperationId, Subject = asked.Subject, InteractionId = asked.InteractionId, From = asked.From?.ToUniversalTime(), To = asked.To?.ToUniversalTime(), Reason = asked.Reason.Trim(), PlacedBy = person.Subject, PlacedByName = person.Name, PlacedAt = now,
        };
        await using var store = await stores.CreateDbContextAsync(ct);
        store.Add(hold);
        store.Add(new TrailEntry { At = now, Kind = "hold", Actor = person.Subject, ActorName = person.Name, InteractionId = hold.InteractionId, Subject = $"hld_{hold.Id:N}", Outcome = "placed", Reason = hold.Reason });
        try
        {
            await store.SaveChangesAsync(ct);
            return TypedResults.Ok(ViewOf(hold));
        }
        catch (DbUpdateException twice) when (twice.IsDuplicate())
        {
            store.ChangeTracker.Clear();
            return TypedResults.Ok(ViewOf(await store.Set<LegalHold>().AsNoTracking().SingleAsync(h => h.Id == hold.Id, ct)));
        }
    }

    private static async Task<Results<Ok<HoldView>, NotFound, ProblemHttpResult>> Lift(Guid id, LiftHold asked, ClaimsPrincipal user, IDbContextFactory<GatewayStore> stores, TimeProvider clock, CancellationToken ct)
    {
        if (!IsReason(asked.Reason)) return ReasonNeeded();
        var (person, now) = (SignedIn.PersonOf(user), clock.GetUtcNow());
        await using var store = await stores.CreateDbContextAsync(ct);
        if (await store.Set<LegalHold>().SingleOrDefaultAsync(h => h.Id == id, ct) is not { } hold) return TypedResults.NotFound();
        if (!hold.Lift(person, now)) return TypedResults.Ok(ViewOf(hold));
        store.Add(new TrailEntry { At = now, Kind = "hold", Actor = person.Subject, ActorName = person.Name, InteractionId = hold.InteractionId, Subject = $"hld_{hold.Id:N}", Outcome = "lifted", Reason = asked.Reason.Trim() });
        try
        {
            await store.SaveChangesAsync(ct);
            return TypedResults.Ok(ViewOf(hold));
        }
        catch (DbUpdateConcurrencyException)
        {
            return TypedResults.Problem("Somebody lifted this hold in the same moment.", statusCode: StatusCodes.Status409Conflict, type: "urn:approvals:too-late");
        }
    }

    private static bool IsReason(string? reason) => reason?.Trim().Length is >= ShortestReason and <= LongestReason;

    private static ProblemHttpResult ReasonNeeded() => TypedResults.Problem($"This needs a reason of {ShortestReason} to {LongestReason:N0} characters: the trail keeps it.", statusCode: 400, type: "urn:approvals:reason-needed");

    private static ProblemHttpResult Wrong(string message) => TypedResults.Problem(message, statusCode: 400, type: "urn:approvals:bad-request");

    private static HoldView ViewOf(LegalHold hold) => new()
    {
        Id = hold.Id, Subject = hold.Subject, InteractionId = hold.InteractionId, From = hold.From, To = hold.To, Reason = hold.Reason, PlacedBy = hold.PlacedByName, PlacedAt = hold.PlacedAt, LiftedAt = hold.LiftedAt,
    };
}
