using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;

namespace Shared;

/// <summary>
/// A turn to write a SQLite file, which has one writer. Who waits here waits in order and without a thread; who writes without a
/// turn, or has waited for one longer than <see cref="LongestWait"/>, waits in SQLite, which lets its thread sleep between tries. So a turn saves
/// time, and nothing else depends on it. On the other databases there is nothing to wait for.
/// </summary>
internal static class SqliteTurn
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    /// <summary>By connection string: one file has one, whoever in this process writes it.</summary>
    private static readonly ConcurrentDictionary<string, SemaphoreSlim> Files = new(StringComparer.Ordinal);

    /// <summary>To be taken before the transaction begins, and disposed after it has ended.</summary>
    public static async ValueTask<IDisposable?> TakeTurnAsync(this DbContext store, CancellationToken ct)
    {
        if (!store.IsOnSqlite()) return null;
        var file = Files.GetOrAdd(store.Database.GetConnectionString() ?? "", static _ => new SemaphoreSlim(1, 1));
        return await file.WaitAsync(LongestWait, ct) ? new Taken(file) : null;
    }

    private sealed class Taken(SemaphoreSlim file) : IDisposable
    {
        private int given;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref given, 1) == 0) file.Release();
        }
    }
}
