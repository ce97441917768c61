using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Shared;

/// <summary>
/// Wakes this store's dispatcher when a commit left something to send; without it the next look is a second away. What is saved
/// inside an explicit transaction rings when that commits: before, the rows cannot be seen.
/// </summary>
internal sealed class OutboxSignal<TStore> : SaveChangesInterceptor, IDbTransactionInterceptor, IDisposable where TStore : DbContext
{
    private readonly SemaphoreSlim waiting = new(0, 1);

    /// <summary>Stores whose transaction under way leaves something. One that is rolled back rings too early, once, for nothing.</summary>
    private readonly ConditionalWeakTable<DbContext, object> leaving = [];

    public override ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is { } store && Leaves(store))
        {
            if (store.Database.CurrentTransaction is null) Ring();
            else leaving.AddOrUpdate(store, store);
        }
        return ValueTask.FromResult(result);
    }

    public Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is { } store && leaving.Remove(store)) Ring();
        return Task.CompletedTask;
    }

    public Task<bool> WaitAsync(TimeSpan atMost, CancellationToken stopping) => waiting.WaitAsync(atMost, stopping);

    public void Dispose() => waiting.Dispose();

    /// <summary>Whether the store holds something to send. Most commits leave nothing, and a look for it is a query.</summary>
    private static bool Leaves(DbContext store)
    {
        var (tracker, detects) = (store.ChangeTracker, store.ChangeTracker.AutoDetectChangesEnabled);
        tracker.AutoDetectChangesEnabled = false; // to ask is no reason to compare every row
        try
        {
            return tracker.Entries<OutboxMessage>().Any();
        }
        finally
        {
            tracker.AutoDetectChangesEnabled = detects;
        }
    }

    /// <summary>For whoever commits messages past the change tracker.</summary>
    public void Ring()
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
