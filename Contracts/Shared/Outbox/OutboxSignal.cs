using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

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
        if (Leaves(eventData.Context)) Ring();
        return ValueTask.FromResult(result);
    }

    public Task TransactionCommittedAsync(System.Data.Common.DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        if (Leaves(eventData.Context)) Ring();
        return Task.CompletedTask;
    }

    public Task<bool> WaitAsync(TimeSpan atMost, CancellationToken stopping) => waiting.WaitAsync(atMost, stopping);

    public void Dispose() => waiting.Dispose();

    /// <summary>Whether the context holds something to send. Most commits leave nothing, and a look for it is a query.</summary>
    private static bool Leaves(DbContext? context)
    {
        if (context is null) return true;
        var (tracker, detects) = (context.ChangeTracker, context.ChangeTracker.AutoDetectChangesEnabled);
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
