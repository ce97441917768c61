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

/// <summary>On SQLite every caller of a group waits for what it costs to prepare it, so it is written on a <see cref="PlainConnection"/>.</summary>
internal sealed class SqliteTrailWriter(IDbContextFactory<GatewayStore> stores, IEntryChains chains) : ITrailWriter, IAsyncDisposable
{
    private PlainConnection? kept;

    public async Task WriteAsync(IReadOnlyList<TrailEntry> entries, IReadOnlyList<object> rows)
    {
        kept ??= await PlainConnection.OpenAsync(stores);
        try
        {
            Links? links = null;
            await kept.WriteAsync(() =>
            {
                foreach (var row in rows) kept.Add(row);
                links = chains.Continue(kept, entries);
            });
            chains.GiveBack(links!);
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
        await over.DisposeAsync();
    }
}
