using System.Data.Common;
using Approvals.Storage;
using Contracts;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Workflow;

/// <summary>Counts now and then what waits for people, so that no scrape costs a query. It belongs to no engine: whichever brings time, this goes on.</summary>
internal sealed partial class Census(IDbContextFactory<ApprovalsStore> stores, ReviewMetrics metrics, TimeProvider clock, ILogger<Census> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        long? counted = null;
        while (!stoppingToken.IsCancellationRequested)
        {
            if (counted is not { } last || clock.GetElapsedTime(last) >= Every)
            {
                counted = clock.GetTimestamp();
                await TryCountAsync(stoppingToken);
            }
            await Task.Delay(Pause, TimeProvider.System, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task TryCountAsync(CancellationToken stopping)
    {
        try
        {
            await using var store = await stores.CreateDbContextAsync(stopping);
            var pending = store.Reviews.AsNoTracking().Where(review => review.Status == ApprovalStatus.Pending);
            var length = await pending.CountAsync(stopping);
            metrics.Waits(length, length == 0 ? null : await pending.OrderBy(review => review.Number).Select(review => (DateTimeOffset?)review.OpenedAt).FirstOrDefaultAsync(stopping));
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Nobody reads it any more.
        }
        catch (Exception fault) when (fault is DbException or InvalidOperationException or TimeoutException)
        {
            LogNotCounted(fault);
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "What waits for people could not be counted; its metrics stay as they were.")]
    private partial void LogNotCounted(Exception fault);
}
