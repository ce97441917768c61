using Contracts;
using Gateway.Storage;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Parking;

/// <summary>What a waiting caller may know of its turn.</summary>
/// <param name="Position">1 is next among the prompts that wait for the same people.</param>
/// <param name="DeadlineAt">When silence ends it at the latest.</param>
/// <param name="TypicalWait">Median time people took lately for prompts of the same rule; null while too few are known.</param>
internal sealed record Outlook(int Position, DateTimeOffset DeadlineAt, TimeSpan? TypicalWait);

internal sealed class QueueOutlook(IDbContextFactory<GatewayStore> stores)
{
    private const int Lately = 50;
    private const int Fewest = 3;

    /// <summary>Null once people have decided: nothing is waited for any more.</summary>
    public async Task<Outlook?> OfAsync(Ticket ticket, CancellationToken ct)
    {
        if (ticket.Status != ApprovalStatus.Pending) return null;
        await using var store = await stores.CreateDbContextAsync(ct);
        var tickets = store.Set<Ticket>().AsNoTracking();
        // Known cases are in line like any other, or who sees two positions would see which one is none.
        var ahead = await tickets.CountAsync(t => t.Status == ApprovalStatus.Pending && t.ParkedAt < ticket.ParkedAt && t.Stages == ticket.Stages, ct);
        var times = await tickets
            .Where(t => t.Rule == ticket.Rule && t.Known == null && t.DecidedAt != null && t.Status != ApprovalStatus.Expired && t.Status != ApprovalStatus.Cancelled)
            .OrderByDescending(t => t.DecidedAt).Take(Lately).Select(t => new { t.ParkedAt, t.DecidedAt }).ToListAsync(ct);
        var waits = times.Select(t => t.DecidedAt!.Value - t.ParkedAt).Order().ToList(); // only decided ones are asked for
        return new Outlook(ahead + 1, ticket.DeadlineAt, waits.Count < Fewest ? null : waits[waits.Count / 2]);
    }
}
