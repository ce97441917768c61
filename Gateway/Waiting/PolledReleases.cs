using Contracts;
using Gateway.Parking;
using Gateway.Storage;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Waiting;

/// <summary>Runs what was released for callers who poll, whose connection is not there to do it; and ends what nobody came back for.</summary>
internal sealed partial class PolledReleases(IDbContextFactory<GatewayStore> stores, Release release, TimeProvider clock, ILogger<PolledReleases> logger) : BackgroundService
{
    private const int AtOnce = 64;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var running = new Dictionary<string, Task>();
        while (!stoppingToken.IsCancellationRequested)
        {
            foreach (var (ticketId, run) in running)
            {
                if (run.IsCompleted) running.Remove(ticketId);
            }
            try
            {
                // A long answer holds up nobody but itself, as long as there are places left.
                foreach (var ticketId in await DueAsync(stoppingToken))
                {
                    if (running.Count < AtOnce && !running.ContainsKey(ticketId)) running[ticketId] = RunAsync(ticketId);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception fault) when (fault is System.Data.Common.DbException or DbUpdateException)
            {
                LogFault(fault);
            }
            await Task.Delay(Pause, TimeProvider.System, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        await Task.WhenAll(running.Values);
    }

    private async Task<List<string>> DueAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var store = await stores.CreateDbContextAsync(ct);
        return await store.Set<Ticket>().AsNoTracking()
            .Where(t => t.Status == ApprovalStatus.Releasing && t.Known == null && (t.Async || t.LivesUntil <= now) && (t.LeaseUntil == null || t.LeaseUntil <= now))
            .OrderBy(t => t.Id).Select(t => t.Id).Take(AtOnce).ToListAsync(ct);
    }

    /// <summary>One that fails keeps its lease until it lapses, so it is tried again later and never in a tight loop.</summary>
    private async Task RunAsync(string ticketId)
    {
        try
        {
            await release.TryRunAsync(ticketId, caller: null);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            LogNotRun(fault, ticketId);
        }
    }

    [LoggerMessage(1, LogLevel.Error, "Ticket {TicketId} was released but could not be run; it is tried again when its lease has lapsed.")]
    private partial void LogNotRun(Exception fault, string ticketId);

    [LoggerMessage(2, LogLevel.Warning, "Released tickets could not be looked up; trying again.")]
    private partial void LogFault(Exception fault);
}
