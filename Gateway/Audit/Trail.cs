using System.Threading.Channels;
using Gateway.Storage;
using Gateway.Telemetry;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Gateway.Audit;

/// <summary>The trail cannot be written, so nothing may leave.</summary>
internal sealed class TrailUnavailableException(Exception cause) : Exception("The audit trail cannot be written.", cause);

/// <summary>
/// Writes entries, and what belongs to them, durably and in groups: everything that waits while one commit is
/// under way goes into the next. A caller returns from <see cref="RecordAsync"/> when its entry is on disk.
/// </summary>
internal sealed partial class Trail(IDbContextFactory<GatewayStore> stores, IEntryChains chains, GatewayMetrics metrics, TimeProvider clock, ILogger<Trail> logger) : BackgroundService
{
    private const int LongestGroup = 256;

    /// <summary>How many may wait before callers are held back.</summary>
    private const int LongestQueue = 4096;

    private readonly Channel<Pending> queue = Channel.CreateBounded<Pending>(LongestQueue);

    /// <param name="rows">Saved in the same transaction: the sealed texts it points to.</param>
    /// <exception cref="TrailUnavailableException">The store refused; nothing was recorded, so nothing may leave.</exception>
    public async Task RecordAsync(TrailEntry entry, IReadOnlyList<object> rows, CancellationToken ct)
    {
        var pending = new Pending(entry, rows);
        try
        {
            await queue.Writer.WriteAsync(pending, ct);
        }
        catch (ChannelClosedException fault)
        {
            throw new TrailUnavailableException(fault);
        }
        await pending.Written.Task.WaitAsync(ct);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var group = new List<Pending>(LongestGroup);
        while (await queue.Reader.WaitToReadAsync(CancellationToken.None))
        {
            while (group.Count < LongestGroup && queue.Reader.TryRead(out var pending)) group.Add(pending);
            await CommitAsync(group);
            group.Clear();
        }
    }

    /// <summary>Takes no more, and writes what was taken.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        queue.Writer.TryComplete();
        if (ExecuteTask is { } writing) await writing.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await base.StopAsync(cancellationToken);
    }

    private async Task CommitAsync(List<Pending> group)
    {
        var started = clock.GetTimestamp();
        try
        {
            await using var store = await stores.CreateDbContextAsync();
            if (store.Database.IsSqlite()) await InsertAsync(store, group);
            else await SaveAsync(store, group);
            metrics.TrailWritten(clock.GetElapsedTime(started));
            foreach (var pending in group) pending.Written.SetResult();
        }
        // Whatever went wrong, each waiting caller must learn that nothing was written; the loop must live on.
        catch (Exception fault)
        {
            metrics.TrailFailed(group.Count);
            LogNotWritten(fault, group.Count);
            foreach (var pending in group) pending.Written.SetException(new TrailUnavailableException(fault));
        }
    }

    /// <summary>What a group costs, every caller of it waits for: half of it was the mapper's bookkeeping.</summary>
    private async Task InsertAsync(GatewayStore store, List<Pending> group)
    {
        await using var transaction = await store.Database.BeginTransactionAsync();
        var links = await chains.ContinueAsync(store, [.. group.Select(pending => pending.Entry)]);
        await using (var inserts = new PlainInserts(store, transaction.GetDbTransaction()))
        {
            foreach (var row in group.SelectMany(pending => pending.Rows)) await inserts.AddAsync(row);
            foreach (var entry in links.Entries) await inserts.AddAsync(entry);
        }
        await transaction.CommitAsync();
        chains.GiveBack(links);
    }

    /// <summary>Where each statement is a round trip, the mapper sends many in one.</summary>
    private static async Task SaveAsync(GatewayStore store, List<Pending> group)
    {
        store.ChangeTracker.AutoDetectChangesEnabled = false; // all rows are new
        foreach (var pending in group)
        {
            store.Add(pending.Entry);
            store.AddRange(pending.Rows);
        }
        await store.SaveChangesAsync();
    }

    [LoggerMessage(1, LogLevel.Error, "{Entries} trail entries could not be written; their answers do not leave.")]
    private partial void LogNotWritten(Exception fault, int entries);

    private sealed record Pending(TrailEntry Entry, IReadOnlyList<object> Rows)
    {
        public TaskCompletionSource Written { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
