using System.Collections.Concurrent;
using System.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Shared;

/// <summary>
/// Stores for what is asked by the hundred a second. On SQLite their connections stay open and their statements prepared (<see cref="SqliteStatements"/>): to
/// open one tells it a dozen functions, and to prepare a statement takes longer than to run it. On the other databases they are stores like any.
/// </summary>
internal sealed class KeptStores<TStore>(IDbContextFactory<TStore> stores) : IAsyncDisposable where TStore : DbContext
{
    /// <summary>More are lent where more are asked for, and not kept.</summary>
    private const int Most = 8;

    private readonly ConcurrentStack<TStore> free = new();
    private int kept;
    private volatile bool over;

    /// <summary>Lends one, which tracks nothing and is in no transaction.</summary>
    public async ValueTask<Lent> LendAsync(CancellationToken ct)
    {
        if (free.TryPop(out var store))
        {
            Interlocked.Decrement(ref kept);
            return new Lent(this, store);
        }
        store = await stores.CreateDbContextAsync(ct);
        if (!store.IsOnSqlite()) return new Lent(this, store);
        await SqliteStatements.KeepOpenAsync(store, ct);
        return new Lent(this, store);
    }

    public async ValueTask DisposeAsync()
    {
        over = true;
        while (free.TryPop(out var store)) await store.DisposeAsync();
    }

    private async ValueTask TakeBackAsync(TStore store)
    {
        if (!IsSound(store) || !TryCount())
        {
            await store.DisposeAsync();
            return;
        }
        store.ChangeTracker.Clear();
        free.Push(store);
        if (over) await DisposeAsync();
    }

    private bool TryCount()
    {
        if (Interlocked.Increment(ref kept) <= Most) return true;
        Interlocked.Decrement(ref kept);
        return false;
    }

    /// <summary>As it was lent, whatever was done with it.</summary>
    private static bool IsSound(TStore store) =>
        store.Database.CurrentTransaction is null && store.Database.GetDbConnection() is SqliteConnection { State: ConnectionState.Open } connection && SqliteManners.Knows(connection);

    /// <summary>To be given back by disposing it.</summary>
    internal readonly struct Lent(KeptStores<TStore> owner, TStore store) : IAsyncDisposable
    {
        public TStore Store { get; } = store;

        public ValueTask DisposeAsync() => owner.TakeBackAsync(Store);
    }
}
