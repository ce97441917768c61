using System.Collections.Concurrent;
using System.Data.Common;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Gateway.Audit;
using Gateway.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Shared;

namespace Gateway.Proof;

/// <summary>
/// Makes every entry a link of a chain, whoever saves it and with whatever else: it is in the store's own path, so no entry
/// can be saved past it, and it lets none be changed or deleted. Who inserts rows past the change tracker asks for links first.
/// </summary>
/// <remarks>
/// A transaction takes an idle chain, or begins one, and gives it back when it has committed: nobody waits for anybody. A
/// chain whose transaction failed is not used again, because a failed commit may have happened.
/// </remarks>
internal sealed class ChainLinks : SaveChangesInterceptor, IDbTransactionInterceptor, IEntryChains
{
    private readonly ConcurrentStack<ChainEnd> idle = new();
    private readonly ConditionalWeakTable<DbContext, Taken> taken = [];

    public override InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result)
    {
        Link(eventData.Context!); // saving is done by one
        return result;
    }

    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(SavingChanges(eventData, result));

    public override int SavedChanges(SaveChangesCompletedEventData eventData, int result)
    {
        if (eventData.Context is { } store && taken.TryGetValue(store, out var mine))
        {
            store.Entry(mine.Row).State = EntityState.Detached;
            if (mine.Transaction is null) GiveBack(store, mine);
        }
        return result;
    }

    public override ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(SavedChanges(eventData, result));

    public override void SaveChangesFailed(DbContextErrorEventData eventData) => Drop(eventData.Context);

    public override Task SaveChangesFailedAsync(DbContextErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        Drop(eventData.Context);
        return Task.CompletedTask;
    }

    public override void SaveChangesCanceled(DbContextEventData eventData) => Drop(eventData.Context);

    public override Task SaveChangesCanceledAsync(DbContextEventData eventData, CancellationToken cancellationToken = default)
    {
        Drop(eventData.Context);
        return Task.CompletedTask;
    }

    /// <summary>For lost races this comes in the place of a failure.</summary>
    public override InterceptionResult ThrowingConcurrencyException(ConcurrencyExceptionEventData eventData, InterceptionResult result)
    {
        Drop(eventData.Context);
        return result;
    }

    public override ValueTask<InterceptionResult> ThrowingConcurrencyExceptionAsync(ConcurrencyExceptionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(ThrowingConcurrencyException(eventData, result));

    public void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData)
    {
        if (eventData.Context is { } store && taken.TryGetValue(store, out var mine) && mine.Transaction == eventData.TransactionId) GiveBack(store, mine);
    }

    public Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        TransactionCommitted(transaction, eventData);
        return Task.CompletedTask;
    }

    public Links Continue(PlainConnection connection, IReadOnlyList<TrailEntry> entries)
    {
        var end = TakeEnd();
        var (position, head) = (end.Position, end.Hash);
        foreach (var told in entries)
        {
            var entry = told with { At = TrailLine.Storable(told.At) };
            head = SHA256.HashData(TrailLine.Of(entry, end.Chain, ++position, head).Span);
            connection.Add(entry with { Chain = end.Chain, Position = position, Hash = head });
        }
        var moved = new TrailChain { Id = end.Chain, Position = position, Head = head };
        if (end.Position == 0) connection.Add(moved);
        else if (!connection.TryUpdate(moved, end.Position, TrailChain.Moved)) throw new DbUpdateConcurrencyException($"Chain {end.Chain} is not at {end.Position} any more.");
        return new Links(end.Chain, position, head);
    }

    public void GiveBack(Links saved) => idle.Push(new ChainEnd(saved.Chain, saved.Position, saved.Head));

    private ChainEnd TakeEnd() => idle.TryPop(out var free) ? free : new ChainEnd(Guid.CreateVersion7(), 0, []);

    private void Link(DbContext store)
    {
        DropLeftOver(store);
        var entries = EntriesOf(store).Where(entry => entry.State != EntityState.Unchanged).ToList();
        if (entries.Count == 0) return;
        if (entries.Exists(entry => entry.State != EntityState.Added)) throw new InvalidOperationException("An entry of the trail is never changed and never deleted.");

        var mine = Take(store);
        foreach (var entry in entries)
        {
            entry.Property(e => e.At).CurrentValue = TrailLine.Storable(entry.Entity.At);
            entry.Property(e => e.Chain).CurrentValue = mine.Row.Id;
            entry.Property(e => e.Position).CurrentValue = ++mine.Row.Position;
            entry.Property(e => e.Hash).CurrentValue = mine.Row.Head = SHA256.HashData(TrailLine.Of(entry.Entity, mine.Row.Id, mine.Row.Position, mine.Row.Head).Span);
        }
        store.Entry(mine.Row).DetectChanges(); // whoever saves only new rows does not look for changed ones
    }

    /// <summary>Nothing can be set on an entry but through the tracker, which knows of it: to ask is no reason to compare every row.</summary>
    private static List<EntityEntry<TrailEntry>> EntriesOf(DbContext store)
    {
        var (tracker, detects) = (store.ChangeTracker, store.ChangeTracker.AutoDetectChangesEnabled);
        tracker.AutoDetectChangesEnabled = false;
        try
        {
            return [.. tracker.Entries<TrailEntry>()];
        }
        finally
        {
            tracker.AutoDetectChangesEnabled = detects;
        }
    }

    private Taken Take(DbContext store)
    {
        if (!taken.TryGetValue(store, out var mine))
        {
            var end = TakeEnd();
            mine = new Taken(new TrailChain { Id = end.Chain, Position = end.Position, Head = end.Hash }, store.Database.CurrentTransaction?.TransactionId);
            taken.Add(store, mine);
        }
        if (mine.Row.Position == 0) store.Add(mine.Row);
        else store.Attach(mine.Row);
        return mine;
    }

    /// <summary>Of a transaction that never committed: contexts are used again, by others.</summary>
    private void DropLeftOver(DbContext store)
    {
        if (taken.TryGetValue(store, out var old) && (old.Transaction is null || old.Transaction != store.Database.CurrentTransaction?.TransactionId)) Drop(store);
    }

    private void GiveBack(DbContext store, Taken mine)
    {
        taken.Remove(store);
        idle.Push(new ChainEnd(mine.Row.Id, mine.Row.Position, mine.Row.Head));
    }

    private void Drop(DbContext? store)
    {
        if (store is null || !taken.TryGetValue(store, out var mine)) return;
        taken.Remove(store);
        store.Entry(mine.Row).State = EntityState.Detached;
    }

    private sealed record ChainEnd(Guid Chain, long Position, byte[] Hash);

    private sealed record Taken(TrailChain Row, Guid? Transaction);
}
