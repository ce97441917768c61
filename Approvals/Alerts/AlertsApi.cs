using System.Security.Claims;
using Approvals.Identity;
using Approvals.Storage;
using Contracts;
using Contracts.Api;
using Contracts.Messages;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Shared;

namespace Approvals.Alerts;

/// <summary>What people who read the trail must know of the machinery itself.</summary>
internal static class AlertsApi
{
    private const int Most = 100;

    public static void MapAlerts(this IEndpointRouteBuilder app)
    {
        var alerts = app.MapGroup("/api/alerts").WithTags("Alerts").RequireAuthorization(ReviewPolicies.Oversee)
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden);
        alerts.MapGet("", List).WithName("ListAlerts").WithSummary("Messages in error queues that nobody has dismissed, newest first.");
        alerts.MapPost("/{id}/dismiss", Dismiss).WithName("DismissAlert").WithSummary("Somebody has looked. The message stays in its error queue.");
    }

    private static async Task<Ok<AlertView[]>> List(IDbContextFactory<ApprovalsStore> stores, CancellationToken ct)
    {
        await using var store = await stores.CreateDbContextAsync(ct);
        var faults = await store.Set<MessageFault>().AsNoTracking().Where(f => f.DismissedAt == null).OrderByDescending(f => f.At).Take(Most).ToListAsync(ct);
        return TypedResults.Ok(faults.Select(f => new AlertView(f.Id, f.Message, f.TicketId, f.Fault, f.At)).ToArray());
    }

    /// <summary>Dismissed twice is dismissed: the first one's name stands.</summary>
    private static async Task<Results<NoContent, NotFound>> Dismiss(Guid id, ClaimsPrincipal user, IDbContextFactory<ApprovalsStore> stores, TimeProvider clock, CancellationToken ct)
    {
        var person = Reviewer.Of(user);
        await using var store = await stores.CreateDbContextAsync(ct);
        if (await store.Set<MessageFault>().SingleOrDefaultAsync(f => f.Id == id, ct) is not { } fault) return TypedResults.NotFound();
        if (fault.DismissedAt is null)
        {
            var now = clock.GetUtcNow();
            fault.Dismiss(person.Subject, now);
            store.Publish(new PersonActed { ActionId = id, Person = person.Ref, Action = "alert.dismissed", TicketId = fault.TicketId, At = now }, clock);
            await store.SaveChangesAsync(ct);
        }
        return TypedResults.NoContent();
    }
}
