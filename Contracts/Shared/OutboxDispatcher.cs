using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Shared;

/// <summary>
/// Wakes the dispatcher when a commit left something to send; without it the next look is a second away. Rings after an
/// explicit transaction's commit as well: at the save inside it the rows cannot be seen yet.
/// </summary>
internal sealed class OutboxSignal : SaveChangesInterceptor, IDbTransactionInterceptor, IDisposable
{
    private readonly SemaphoreSlim waiting = new(0, 1);

    public override ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        Ring();
        return ValueTask.FromResult(result);
    }

    public Task TransactionCommittedAsync(System.Data.Common.DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Ring();
        return Task.CompletedTask;
    }

    public Task<bool> WaitAsync(TimeSpan atMost, CancellationToken stopping) => waiting.WaitAsync(atMost, stopping);

    public void Dispose() => waiting.Dispose();

    private void Ring()
    {
        if (waiting.CurrentCount == 0)
        {
            try
            {
                waiting.Release();
            }
            catch (SemaphoreFullException)
            {
                // Somebody else rang in between: the dispatcher is awake already.
            }
        }
    }
}

/// <summary>
/// Sends what the outbox holds: at least once, oldest first. A row is claimed by moving its due time ahead, so several
/// instances share the work, and a crash gives it back after <see cref="Lease"/>.
/// </summary>
internal sealed partial class OutboxDispatcher<TStore>(
    IDbContextFactory<TStore> stores, IBus bus, OutboxSignal signal, TimeProvider clock, ILogger<OutboxDispatcher<TStore>> logger)
    : BackgroundService where TStore : DbContext
{
    private const int Batch = 100;
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PublishWithin = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestBackoff = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await SendDueAsync(stoppingToken) < Batch) await signal.WaitAsync(Idle, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault) when (fault is System.Data.Common.DbException or DbUpdateException or InvalidOperationException or TimeoutException)
            {
                LogStoreFault(fault);
                await Task.Delay(Idle, TimeProvider.System, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task<int> SendDueAsync(CancellationToken stopping)
    {
        await using var store = await stores.CreateDbContextAsync(stopping);
        var now = clock.GetUtcNow();
        var due = await store.Set<OutboxMessage>().AsNoTracking()
            .Where(m => m.DueAt <= now).OrderBy(m => m.Id).Take(Batch).ToListAsync(stopping);

        foreach (var message in due)
        {
            var leaseEnd = clock.GetUtcNow() + Lease;
            var claimed = await store.Set<OutboxMessage>().Where(m => m.Id == message.Id && m.DueAt <= now)
                .ExecuteUpdateAsync(set => set.SetProperty(m => m.DueAt, leaseEnd), stopping);
            if (claimed == 1) await SendAsync(store, message, stopping);
        }
        return due.Count;
    }

    private async Task SendAsync(TStore store, OutboxMessage message, CancellationToken stopping)
    {
        try
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(stopping);
            patience.CancelAfter(PublishWithin);
            await bus.Publish(message.Open(), patience.Token);
            await store.Set<OutboxMessage>().Where(m => m.Id == message.Id).ExecuteDeleteAsync(stopping);
        }
        // Whatever the bus throws, the row stays and is tried again: losing it is the one thing not allowed here.
        catch (Exception fault) when (!stopping.IsCancellationRequested)
        {
            LogNotSent(fault, message.Id, message.Type, message.Attempts + 1);
            var backoff = TimeSpan.FromSeconds(Math.Min(LongestBackoff.TotalSeconds, Math.Pow(2, Math.Min(message.Attempts, 10))));
            var next = clock.GetUtcNow() + backoff;
            await store.Set<OutboxMessage>().Where(m => m.Id == message.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(m => m.DueAt, next).SetProperty(m => m.Attempts, m => m.Attempts + 1), stopping);
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "Outbox message {Id} ({Type}) was not sent at attempt {Attempt}; it stays and is tried again.")]
    private partial void LogNotSent(Exception fault, long id, string type, int attempt);

    [LoggerMessage(2, LogLevel.Error, "The outbox cannot be read or written; trying again.")]
    private partial void LogStoreFault(Exception fault);
}
