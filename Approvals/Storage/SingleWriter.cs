using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

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
internal sealed partial class SingleWriter(IDbContextFactory<ApprovalsStore> stores, ILogger<SingleWriter> logger) : IDisposable
{
    private const int Attempts = 5;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Waiting here is fair and costs no thread; waiting for the database's lock would do neither.</summary>
    private readonly SemaphoreSlim turn = new(1, 1);

    public Task WriteAsync(Func<ApprovalsStore, long, Task> change, CancellationToken ct) => WriteAsync(async (store, sequence) =>
    {
        await change(store, sequence);
        return true;
    }, ct);

    /// <summary>Runs <paramref name="change"/> against fresh state, again after a fault or a lost race; keeps what it tracked, if anything.</summary>
    public async Task<T> WriteAsync<T>(Func<ApprovalsStore, long, Task<T>> change, CancellationToken ct)
    {
        await turn.WaitAsync(ct);
        try
        {
            for (var attempt = 1; ; attempt++)
            {
                try
                {
                    return await TryAsync(change, ct);
                }
                catch (Exception fault) when (fault is DbException or DbUpdateException && attempt < Attempts)
                {
                    LogAgain(fault, attempt);
                    await Task.Delay(Pause * attempt, TimeProvider.System, ct);
                }
            }
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();

    private async Task<T> TryAsync<T>(Func<ApprovalsStore, long, Task<T>> change, CancellationToken ct)
    {
        await using var store = await stores.CreateDbContextAsync(ct);
        await using var transaction = await store.Database.BeginTransactionAsync(ct);
        await store.Counters.ExecuteUpdateAsync(set => set.SetProperty(counter => counter.Value, counter => counter.Value + 1), ct);
        var sequence = await store.Counters.Select(counter => counter.Value).SingleAsync(ct);

        var answer = await change(store, sequence);
        if (!store.ChangeTracker.HasChanges()) return answer;

        await store.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return answer;
    }

    [LoggerMessage(1, LogLevel.Warning, "A change was not stored at attempt {Attempt}; it is made again from the state as it is then.")]
    private partial void LogAgain(Exception fault, int attempt);
}
