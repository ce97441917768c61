using Gateway.Storage;
using Microsoft.EntityFrameworkCore;
using Shared;

namespace Gateway.Audit;

/// <summary>Puts a group of entries on disk, with what belongs to them. Called by one at a time.</summary>
internal interface ITrailWriter
{
    /// <summary>Returns when all of it is on disk; throws when none of it is known to be.</summary>
    Task WriteAsync(IReadOnlyList<TrailEntry> entries, IReadOnlyList<object> rows);
}

/// <summary>Where each statement is a round trip: the mapper sends many in one.</summary>
internal sealed class MappedTrailWriter(IDbContextFactory<GatewayStore> stores) : ITrailWriter
{
    public async Task WriteAsync(IReadOnlyList<TrailEntry> entries, IReadOnlyList<object> rows)
    {
        await using var store = await stores.CreateDbContextAsync();
        store.ChangeTracker.AutoDetectChangesEnabled = false; // all rows are new
        store.AddRange(rows);
        store.AddRange(entries);
        await store.SaveChangesAsync();
    }
}

/// <summary>
/// On SQLite a group costs what it costs to prepare it, and every caller of it waits for that. One connection is kept, with its
/// statements prepared; after a failure it is given up, whatever state it is in.
/// </summary>
internal sealed class SqliteTrailWriter(IDbContextFactory<GatewayStore> stores, IEntryChains chains) : ITrailWriter, IAsyncDisposable
{
    private Kept? kept;

    public async Task WriteAsync(IReadOnlyList<TrailEntry> entries, IReadOnlyList<object> rows)
    {
        kept ??= await OpenAsync();
        try
        {
            await WriteAsync(kept, entries, rows);
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (kept is not { } over) return;
        kept = null;
        await over.Inserts.DisposeAsync();
        await over.Store.Database.CloseConnectionAsync(); // a transaction that was left goes with it
        await over.Store.DisposeAsync();
    }

    private async Task WriteAsync(Kept open, IReadOnlyList<TrailEntry> entries, IReadOnlyList<object> rows)
    {
        using var turn = await open.Store.TakeTurnAsync(CancellationToken.None);
        await using var transaction = await open.Store.Database.BeginTransactionAsync();
        var links = await chains.ContinueAsync(open.Store, entries);
        foreach (var row in rows) open.Inserts.Add(row);
        foreach (var entry in links.Entries) open.Inserts.Add(entry);
        await transaction.CommitAsync();
        chains.GiveBack(links);
    }

    private async Task<Kept> OpenAsync()
    {
        var store = await stores.CreateDbContextAsync();
        await store.Database.OpenConnectionAsync();
        SqliteStatements.Keep(store.Database.GetDbConnection());
        return new Kept(store, new PlainInserts(store));
    }

    private sealed record Kept(GatewayStore Store, PlainInserts Inserts);
}
