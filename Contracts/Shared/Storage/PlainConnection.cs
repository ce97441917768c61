using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace Shared;

/// <summary>
/// One connection to SQLite that is kept, with its statements prepared: there a write costs what it costs to prepare it. Written by one at a
/// time, past the mapper and whoever listens to it. After a failure it is to be given up, whatever state it is in.
/// </summary>
internal sealed class PlainConnection : IAsyncDisposable
{
    private readonly DbContext store;
    private readonly PlainInserts inserts;
    private readonly Dictionary<(Type, IReadOnlyList<string>), PlainUpdate> updates = [];
    private DbTransaction? transaction;

    private PlainConnection(DbContext store)
    {
        this.store = store;
        inserts = new PlainInserts(store);
    }

    private DbTransaction Transaction => transaction ?? throw new InvalidOperationException("Rows are written inside a transaction, which is missing.");

    public static async Task<PlainConnection> OpenAsync<TStore>(IDbContextFactory<TStore> stores) where TStore : DbContext
    {
        var store = await stores.CreateDbContextAsync();
        await SqliteStatements.KeepOpenAsync(store, CancellationToken.None);
        return new PlainConnection(store);
    }

    /// <summary>Returns when all that is written is on disk; nothing of it is where anything throws before the commit.</summary>
    public async Task WriteAsync(Action write)
    {
        using var turn = await store.TakeTurnAsync(CancellationToken.None);
        await using var own = await store.Database.GetDbConnection().BeginTransactionAsync();
        transaction = own;
        write();
        await own.CommitAsync();
        transaction = null;
    }

    /// <exception cref="DbException">The store refused the row.</exception>
    public void Add(object row) => inserts.Add(row, Transaction);

    /// <inheritdoc cref="PlainUpdate.TryWrite" />
    /// <param name="columns">As <see cref="PlainUpdate"/> takes them; the same list each time.</param>
    public bool TryUpdate(object row, object token, IReadOnlyList<string> columns)
    {
        if (!updates.TryGetValue((row.GetType(), columns), out var update)) updates.Add((row.GetType(), columns), update = new PlainUpdate(store, row.GetType(), columns));
        return update.TryWrite(row, token, Transaction);
    }

    public async ValueTask DisposeAsync()
    {
        await inserts.DisposeAsync();
        foreach (var update in updates.Values) update.Dispose();
        await store.Database.CloseConnectionAsync(); // a transaction that was left goes with it
        await store.DisposeAsync();
    }
}
