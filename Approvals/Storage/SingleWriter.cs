using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shared;

namespace Approvals.Storage;

/// <summary>The one row that every change takes first; its value is the number of the newest committed change.</summary>
internal sealed class SequenceCounter
{
    public required int Id { get; init; }
    public required long Value { get; init; }

    public static void Map(EntityTypeBuilder<SequenceCounter> entity)
    {
        entity.ToTable("Counters");
        entity.Property(counter => counter.Id).ValueGeneratedNever();
        entity.HasData(new SequenceCounter { Id = 1, Value = 0 });
    }
}

/// <summary>
/// Every change of this store, one after the other on all instances: a transaction that begins by taking the next
/// sequence number holds the counter's row until it commits. So numbers become visible in their order and a reader who
/// asks "what after 17?" misses nothing; and a change sees all that was decided before it.
/// </summary>
/// <remarks>
/// Changes that wait while one transaction is under way share the next, each with a number of its own: a commit's way to the disk is most of what
/// one costs. Where one of them goes wrong none is stored, and each is made again by itself, so nobody suffers from another's fault.
/// </remarks>
internal sealed partial class SingleWriter(IDbContextFactory<ApprovalsStore> stores, OutboxSignal<ApprovalsStore> outbox, ILogger<SingleWriter> logger) : IAsyncDisposable
{
    private const int Attempts = 5;

    /// <summary>Nobody else writes meanwhile, on any instance.</summary>
    private const int LongestGroup = 16;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Waiting here is fair and costs no thread; waiting for the database's lock would do neither.</summary>
    private readonly Queue<Wish> waiting = [];
    private bool writing;
    private ChangeStore? kept;

    public Task WriteAsync(Func<ApprovalsStore, long, Task> change, CancellationToken ct) => WriteAsync(async (store, sequence) =>
    {
        await change(store, sequence);
        return true;
    }, ct);

    /// <summary>
    /// Runs <paramref name="change"/> against fresh state, again after a fault or a lost race; keeps what it tracked, if anything. What it has changed of
    /// that it must have looked for itself (<c>DetectChanges</c>); what it has added is known.
    /// </summary>
    public Task<T> WriteAsync<T>(Func<ApprovalsStore, long, Task<T>> change, CancellationToken ct)
    {
        var wish = new Wish<T>(change, ct);
        lock (waiting)
        {
            waiting.Enqueue(wish);
            if (writing) return wish.Answer;
            writing = true;
        }
        ThreadPool.UnsafeQueueUserWorkItem(static writer => _ = writer.WriteWaitingAsync(), this, preferLocal: false); // every wish learns how it ended
        return wish.Answer;
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref kept, null) is { } over) await over.DisposeAsync();
    }

    private async Task WriteWaitingAsync()
    {
        while (Next() is { Count: > 0 } group)
        {
            if (group.Count > 1 && await TryTogetherAsync(group)) continue;
            foreach (var wish in group) await WriteAloneAsync(wish);
        }
    }

    private List<Wish> Next()
    {
        lock (waiting)
        {
            var group = new List<Wish>(LongestGroup);
            while (group.Count < LongestGroup && waiting.TryDequeue(out var wish))
                if (!wish.IsGivenUp()) group.Add(wish);
            writing = group.Count > 0;
            return group;
        }
    }

    private async Task<bool> TryTogetherAsync(List<Wish> group)
    {
        try
        {
            await StoreAsync(group, CancellationToken.None);
        }
        // Whosever fault it was: alone, each learns of its own.
        catch (Exception fault)
        {
            LogApart(fault, group.Count);
            return false;
        }
        group.ForEach(wish => wish.Stored());
        return true;
    }

    private async Task WriteAloneAsync(Wish wish)
    {
        try
        {
            for (var attempt = 1; ; attempt++)
            {
                try
                {
                    await StoreAsync([wish], wish.Ct);
                    break;
                }
                catch (Exception fault) when (fault is DbException or DbUpdateException && attempt < Attempts)
                {
                    LogAgain(fault, attempt);
                    await Task.Delay(Pause * attempt, TimeProvider.System, wish.Ct);
                }
            }
        }
        // Whoever wished for it hears of it, whatever it is; the others go on.
        catch (Exception fault)
        {
            wish.Failed(fault);
            return;
        }
        wish.Stored();
    }

    private async Task StoreAsync(IReadOnlyList<Wish> group, CancellationToken ct)
    {
        var changes = kept ?? await OpenAsync(ct);
        kept = null;
        try
        {
            await StoreAsync(changes, group, ct);
            if (changes.IsKept) kept = changes;
        }
        finally
        {
            if (kept is null) await changes.DisposeAsync();
        }
    }

    private static async Task StoreAsync(ChangeStore changes, IReadOnlyList<Wish> group, CancellationToken ct)
    {
        var store = changes.Store;
        using var turn = await store.TakeTurnAsync(ct);
        await using var transaction = await store.Database.BeginTransactionAsync(ct);
        var first = await changes.NextNumberAsync(ct);

        var next = first;
        foreach (var wish in group)
        {
            store.ChangeTracker.Clear();
            await wish.MakeAsync(store, next);
            if (!store.ChangeTracker.HasChanges()) continue;
            await changes.SaveAsync(ct);
            next++;
        }
        store.ChangeTracker.Clear();
        if (next == first) return;
        await changes.SetNumberAsync(next - 1, ct);
        await transaction.CommitAsync(ct);
        changes.Committed();
    }

    private async Task<ChangeStore> OpenAsync(CancellationToken ct)
    {
        var store = await stores.CreateDbContextAsync(ct);
        store.Database.AutoSavepointsEnabled = false; // a save that failed ends the transaction
        store.ChangeTracker.AutoDetectChangesEnabled = false; // to compare all that was read is a good part of a small change: who changes it looks once
        return store.IsOnSqlite() ? await SqliteChangeStore.OpenAsync(store, outbox, ct) : new MappedChangeStore(store);
    }

    [LoggerMessage(1, LogLevel.Warning, "A change was not stored at attempt {Attempt}; it is made again from the state as it is then.")]
    private partial void LogAgain(Exception fault, int attempt);

    [LoggerMessage(2, LogLevel.Information, "{Changes} changes could not be stored together; each is made again by itself.")]
    private partial void LogApart(Exception fault, int changes);

    private abstract class Wish(CancellationToken ct)
    {
        public CancellationToken Ct { get; } = ct;

        /// <summary>Before its turn came.</summary>
        public abstract bool IsGivenUp();
        public abstract Task MakeAsync(ApprovalsStore store, long sequence);
        public abstract void Stored();
        public abstract void Failed(Exception fault);
    }

    private sealed class Wish<T>(Func<ApprovalsStore, long, Task<T>> change, CancellationToken ct) : Wish(ct)
    {
        /// <summary>What is published goes on with the trace of whoever wishes, whoever writes it.</summary>
        private readonly ExecutionContext? wishing = ExecutionContext.Capture();
        private readonly TaskCompletionSource<T> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private Task<T>? made;

        public Task<T> Answer => answer.Task;

        public override bool IsGivenUp() => Ct.IsCancellationRequested && answer.TrySetCanceled(Ct);

        public override Task MakeAsync(ApprovalsStore store, long sequence)
        {
            if (wishing is null) return made = change(store, sequence);
            ExecutionContext.Run(wishing, _ => made = change(store, sequence), null);
            return made!; // it was run
        }

        public override void Stored() => answer.SetResult(made!.Result); // it was awaited before it was stored

        public override void Failed(Exception fault)
        {
            if (fault is OperationCanceledException && Ct.IsCancellationRequested) answer.SetCanceled(Ct);
            else answer.SetException(fault);
        }
    }
}
