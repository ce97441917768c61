using Gateway.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Shared;

namespace Gateway.Parking;

/// <summary>
/// Tells approvals again of tickets that stay undecided. A review that exists already ignores it, a decided one answers
/// with its decision: so a message lost on either way heals by itself, and at once after a restart.
/// </summary>
internal sealed partial class Announcer(IDbContextFactory<GatewayStore> stores, IOptions<ParkingOptions> options, TimeProvider clock, ILogger<Announcer> logger) : BackgroundService
{
    /// <summary>In one transaction, for which whoever parks or decides waits where there is one writer.</summary>
    private const int Batch = 20;

    /// <summary>As many times <see cref="ParkingOptions.AnnounceAgain"/>.</summary>
    private const int LongestPause = 10;
    private static readonly TimeSpan LooksEvery = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var toldAll = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                // Whatever an earlier process still had in its hands is gone, also what it had told a moment before.
                for (var last = toldAll ? null : ""; last is not null;) last = await AnnounceBehindAsync(last, stoppingToken);
                toldAll = true;
                while (await AnnounceDueAsync(stoppingToken) == Batch) { }
            }
            catch (Exception fault) when (fault is System.Data.Common.DbException or DbUpdateException)
            {
                LogFault(fault);
            }
            await Task.Delay(LooksEvery, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>The next undecided tickets, due or not. Gives the last one's id; null when there are no more.</summary>
    private async Task<string?> AnnounceBehindAsync(string last, CancellationToken ct)
    {
        await using var store = await stores.CreateDbContextAsync(ct);
        var undecided = await store.Set<Ticket>().Where(t => t.AnnounceAt != null && t.Id.CompareTo(last) > 0).OrderBy(t => t.Id).Take(Batch).ToListAsync(ct);
        if (undecided.Count == 0) return null;
        using var turn = await store.TakeTurnAsync(ct);
        return await TryAnnounceAsync(store, undecided, ct) ? undecided[^1].Id : last;
    }

    private async Task<int> AnnounceDueAsync(CancellationToken ct)
    {
        await using var store = await stores.CreateDbContextAsync(ct);
        var now = clock.GetUtcNow();
        if (!await store.Set<Ticket>().AnyAsync(t => t.AnnounceAt <= now, ct)) return 0;
        using var turn = await store.TakeTurnAsync(ct);
        await using var announcing = await store.Database.BeginTransactionAsync(ct);
        var due = await store.LockDueAsync<Ticket>(nameof(Ticket.AnnounceAt), now, Batch, ct);
        if (!await TryAnnounceAsync(store, due, ct)) return 0; // they come again in the next round
        await announcing.CommitAsync(ct);
        return due.Count;
    }

    /// <returns>False when one of them was decided just now; then none was announced.</returns>
    private async Task<bool> TryAnnounceAsync(GatewayStore store, List<Ticket> tickets, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        foreach (var ticket in tickets)
        {
            ticket.Announced(now + Pause(now - ticket.ParkedAt));
            store.Publish(ParkingLot.Announcement(ticket), clock, ticket.TraceParent);
        }
        try
        {
            await store.SaveChangesAsync(ct);
            return true;
        }
        catch (DbUpdateConcurrencyException)
        {
            return false;
        }
    }

    private TimeSpan Pause(TimeSpan waited)
    {
        var shortest = options.Value.AnnounceAgain;
        var longest = shortest * LongestPause;
        return waited < shortest ? shortest : waited < longest ? waited : longest;
    }

    [LoggerMessage(1, LogLevel.Warning, "Undecided tickets could not be announced again; trying in a few seconds.")]
    private partial void LogFault(Exception fault);
}
