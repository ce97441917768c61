using System.Diagnostics;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Shared;

/// <summary>
/// Sends what the outbox holds: at least once, oldest first. A batch is claimed under row locks by moving its due time
/// ahead, so several instances share the work, and a crash gives it back after <see cref="Lease"/>. While the broker is
/// away everything stays where it is.
/// </summary>
internal sealed partial class OutboxDispatcher<TStore>(
    IDbContextFactory<TStore> stores, KeptStores<TStore> kept, IBusControl bus, IEnumerable<HeardHere> heard, OutboxSignal<TStore> signal, OutboxMetrics<TStore> metrics, TimeProvider clock, ILogger<OutboxDispatcher<TStore>> logger)
    : BackgroundService where TStore : DbContext
{
    private const int Batch = 100;
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PublishWithin = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestBackoff = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan BrokerLook = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(1);

    private readonly Dictionary<Type, HeardHere> here = heard.ToDictionary(one => one.Message);

    /// <summary>Most commits leave nothing to send; only those that do are worth a transaction.</summary>
    private readonly Func<TStore, DateTimeOffset, CancellationToken, Task<bool>> isDue =
        EF.CompileAsyncQuery((TStore store, DateTimeOffset now, CancellationToken _) => store.Set<OutboxMessage>().Any(message => message.DueAt <= now));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await metrics.LookAsync(stores, stoppingToken);
                // A publish into a broken connection waits instead of failing: do not begin what cannot be done.
                if (bus.CheckHealth().Status == BusHealthStatus.Unhealthy) await Task.Delay(BrokerLook, TimeProvider.System, stoppingToken);
                else if (await SendDueAsync(stoppingToken) < Batch) await signal.WaitAsync(Idle, stoppingToken);
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
        var claimed = await ClaimAsync(stopping);
        if (claimed.Count == 0) return 0;

        var sent = (await Task.WhenAll(claimed.Select(message => TrySendAsync(message, stopping)))).OfType<long>().ToList();
        await using var lent = await kept.LendAsync(CancellationToken.None);
        var store = lent.Store;
        // Gone from here on: what is sent and cannot be deleted is sent again, which its hearers take for what it is.
        if (sent.Count > 0)
        {
            using var turn = await store.TakeTurnAsync(CancellationToken.None);
            await SqliteManners.WithoutSyncAsync(store, () => store.Set<OutboxMessage>().Where(m => sent.Contains(m.Id)).ExecuteDeleteAsync(CancellationToken.None));
        }
        foreach (var message in claimed.Where(message => !sent.Contains(message.Id))) await PostponeAsync(store, message);
        return claimed.Count;
    }

    private async Task<List<OutboxMessage>> ClaimAsync(CancellationToken stopping)
    {
        await using var lent = await kept.LendAsync(stopping);
        var (store, now) = (lent.Store, clock.GetUtcNow());
        if (!await isDue(store, now, stopping)) return [];
        if (store.IsOnSqlite()) return await ClaimAtOnceAsync(store, now, stopping);
        await using var claiming = await store.Database.BeginTransactionAsync(stopping);
        var due = await store.LockDueAsync<OutboxMessage>(nameof(OutboxMessage.DueAt), now, Batch, stopping);
        if (due.Count == 0) return due;

        var ids = due.Select(m => m.Id).ToList();
        var leaseEnd = now + Lease;
        await store.Set<OutboxMessage>().Where(m => ids.Contains(m.Id)).ExecuteUpdateAsync(set => set.SetProperty(m => m.DueAt, leaseEnd), stopping);
        await claiming.CommitAsync(stopping);
        return due;
    }

    /// <summary>SQLite has one writer, so one statement is as good as locks. What it claims and a power cut frees again is sent again.</summary>
    private static async Task<List<OutboxMessage>> ClaimAtOnceAsync(TStore store, DateTimeOffset now, CancellationToken stopping)
    {
        List<OutboxMessage> claimed = [];
        using var turn = await store.TakeTurnAsync(stopping);
        await SqliteManners.WithoutSyncAsync(store, async () => claimed = await store.Set<OutboxMessage>().FromSqlRaw(
            $$"""UPDATE "Outbox" SET "DueAt" = {0} WHERE "Id" IN (SELECT "Id" FROM "Outbox" WHERE "DueAt" <= {1} ORDER BY "DueAt" LIMIT {{Batch}}) RETURNING *""",
            (now + Lease).UtcDateTime, now.UtcDateTime).AsNoTracking().ToListAsync(stopping));
        return [.. claimed.OrderBy(message => message.Id)];
    }

    /// <returns>The row's id when the broker has confirmed the message, or its hearer here is done; null when not.</returns>
    private async Task<long?> TrySendAsync(OutboxMessage message, CancellationToken stopping)
    {
        using var going = Tracing.GoOn("outbox", message.TraceParent, ActivityKind.Internal);
        try
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(stopping);
            patience.CancelAfter(PublishWithin);
            var opened = message.Open();
            if (!await TryHearAsync(message, opened, patience.Token)) await bus.Publish(opened, patience.Token);
            return message.Id;
        }
        // Whatever the bus throws, the row stays and is tried again: losing it is the one thing not allowed here.
        catch (Exception fault)
        {
            if (!stopping.IsCancellationRequested) LogNotSent(fault, message.Id, message.Type, message.Attempts + 1);
            return null;
        }
    }

    /// <returns>False for a message that is for the bus.</returns>
    private async Task<bool> TryHearAsync(OutboxMessage message, object opened, CancellationToken ct)
    {
        if (!here.TryGetValue(opened.GetType(), out var hearer)) return false;
        try
        {
            await hearer.Hear(opened, ct);
            return true;
        }
        // Whatever it was: the bus has its own ways with each kind of fault.
        catch (Exception fault) when (hearer.ElseByBus && !ct.IsCancellationRequested)
        {
            LogByBus(fault, message.Id, message.Type);
            return false;
        }
    }

    private async Task PostponeAsync(TStore store, OutboxMessage message)
    {
        var backoff = TimeSpan.FromSeconds(Math.Min(LongestBackoff.TotalSeconds, Math.Pow(2, Math.Min(message.Attempts, 10))));
        var next = clock.GetUtcNow() + backoff;
        await store.Set<OutboxMessage>().Where(m => m.Id == message.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.DueAt, next).SetProperty(m => m.Attempts, m => m.Attempts + 1), CancellationToken.None);
    }

    [LoggerMessage(1, LogLevel.Warning, "Outbox message {Id} ({Type}) was not sent at attempt {Attempt}; it stays and is tried again.")]
    private partial void LogNotSent(Exception fault, long id, string type, int attempt);

    [LoggerMessage(2, LogLevel.Error, "The outbox cannot be read or written; trying again.")]
    private partial void LogStoreFault(Exception fault);

    [LoggerMessage(3, LogLevel.Warning, "Outbox message {Id} ({Type}) was told here and could not be taken; it goes by the bus, which tries again.")]
    private partial void LogByBus(Exception fault, long id, string type);
}
