using System.Data.Common;
using Approvals.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Approvals.Workflow;

/// <summary>
/// Brings time to the desk. Due times are rows, so a restart forgets none, and any number of pollers end in one outcome:
/// the desk looks again before it changes anything.
/// </summary>
internal sealed partial class DeadlinePoller(
    IDbContextFactory<ApprovalsStore> stores, ReviewDesk desk, TimeProvider clock, IOptions<WorkflowOptions> options, ILogger<DeadlinePoller> logger)
    : BackgroundService
{
    private const int Batch = 50;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await ElapseDueAsync(stoppingToken) == Batch) continue;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault) when (fault is DbException or DbUpdateException or InvalidOperationException or TimeoutException)
            {
                LogStoreFault(fault);
            }
            // What is due is told by the clock; how often to look is the machine's own time, so a clock that jumps is seen.
            await Task.Delay(options.Value.PollEvery, TimeProvider.System, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<int> ElapseDueAsync(CancellationToken stopping)
    {
        await using var store = await stores.CreateDbContextAsync(stopping);
        var now = clock.GetUtcNow();
        var due = await store.Reviews.AsNoTracking().Where(review => review.DueAt <= now)
            .OrderBy(review => review.DueAt).Select(review => review.Id).Take(Batch).ToListAsync(stopping);
        foreach (var id in due) await desk.ElapseAsync(id, stopping);
        return due.Count;
    }

    [LoggerMessage(1, LogLevel.Error, "Deadlines cannot be read or written; trying again. Nothing is released meanwhile.")]
    private partial void LogStoreFault(Exception fault);
}
