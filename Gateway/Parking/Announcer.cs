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
    private const int Batch = 200;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Whatever an earlier process still had in its hands is gone: all of it is told anew.
        var until = clock.GetUtcNow() + options.Value.AnnounceAgain;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (await AnnounceAsync(until, stoppingToken) == Batch) { }
            }
            catch (Exception fault) when (fault is System.Data.Common.DbException or DbUpdateException)
            {
                LogFault(fault);
            }
            await Task.Delay(Pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            until = clock.GetUtcNow();
        }
    }

    private async Task<int> AnnounceAsync(DateTimeOffset until, CancellationToken ct)
    {
        await using var store = await stores.CreateDbContextAsync(ct);
        if (!await store.Set<Ticket>().AnyAsync(t => t.AnnounceAt <= until, ct)) return 0;
        await using var announcing = await store.Database.BeginTransactionAsync(ct);
        var due = await store.LockDueAsync<Ticket>(nameof(Ticket.AnnounceAt), until, Batch, ct);
        foreach (var ticket in due)
        {
            ticket.Announced(clock.GetUtcNow() + options.Value.AnnounceAgain + Pause);
            store.Publish(ParkingLot.Announcement(ticket), clock, ticket.TraceParent);
        }
        try
        {
            await store.SaveChangesAsync(ct);
            await announcing.CommitAsync(ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            return 0; // one of them was decided just now; the others come again in the next round
        }
        return due.Count;
    }

    [LoggerMessage(1, LogLevel.Warning, "Undecided tickets could not be announced again; trying in a few seconds.")]
    private partial void LogFault(Exception fault);
}
