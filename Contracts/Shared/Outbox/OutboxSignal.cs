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
