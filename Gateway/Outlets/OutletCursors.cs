using Gateway.Proof;
using Gateway.Storage;
using Microsoft.EntityFrameworkCore;
using Shared;

namespace Gateway.Outlets;

/// <summary>The cursors of this gateway's outlets. Every write is conditional, so of several gateways one wins.</summary>
internal sealed class OutletCursors(IDbContextFactory<GatewayStore> stores, TimeProvider clock)
{
    private readonly Guid me = Guid.NewGuid();

    /// <summary>Makes the row of an outlet that is new.</summary>
    public async Task<OutletCursor> OfAsync(string name, OutletStart from, CancellationToken ct)
    {
        await using var store = await stores.CreateDbContextAsync(ct);
        if (await FindAsync(store, name, ct) is { } known) return known;
        var last = from == OutletStart.Beginning ? null : await store.Set<Checkpoint>().AsNoTracking().OrderByDescending(c => c.Number).Select(c => new { c.Number, c.Line }).FirstOrDefaultAsync(ct);
        var made = new OutletCursor { Name = name, Checkpoint = last?.Number ?? 0, Hash = last is null ? null : CheckpointStatement.HashOf(last.Line) };
        store.Add(made);
        try
        {
            await store.SaveChangesAsync(ct);
            return made;
        }
        catch (DbUpdateException other) when (other.IsDuplicate())
        {
            return await FindAsync(store, name, ct) ?? throw new InvalidOperationException($"The cursor of outlet '{name}' was deleted.");
        }
    }

    /// <summary>How far behind an outlet is: how many checkpoints, and since when the oldest of them waits. Less than 0 where the trail ends before the cursor.</summary>
    public async Task<(long Lag, DateTimeOffset? Since)> BehindAsync(OutletCursor cursor, CancellationToken ct)
    {
        await using var store = await stores.CreateDbContextAsync(ct);
        var last = await store.Set<Checkpoint>().MaxAsync(c => (long?)c.Number, ct) ?? 0;
        var since = last <= cursor.Checkpoint ? null : await store.Set<Checkpoint>().Where(c => c.Number > cursor.Checkpoint).OrderBy(c => c.Number).Select(c => (DateTimeOffset?)c.At).FirstOrDefaultAsync(ct);
        return (last - cursor.Checkpoint, since);
    }

    /// <returns>The cursor as it is now, for this gateway to send from until the time has passed; null where another gateway does.</returns>
    public async Task<OutletCursor?> TakeAsync(string name, TimeSpan time, CancellationToken ct)
    {
        await using var store = await stores.CreateDbContextAsync(ct);
        var now = clock.GetUtcNow();
        var taken = await store.Set<OutletCursor>().Where(c => c.Name == name && (c.Holder == me || c.HeldUntil == null || c.HeldUntil < now))
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.Holder, me).SetProperty(c => c.HeldUntil, now + time), ct);
        return taken == 1 ? await FindAsync(store, name, ct) : null;
    }

    /// <returns>False where another gateway took over meanwhile: it sends the same again.</returns>
    public async Task<bool> MoveAsync(OutletCursor from, OutletPlace to, CancellationToken ct)
    {
        await using var store = await stores.CreateDbContextAsync(ct);
        return await store.Set<OutletCursor>().Where(c => c.Name == from.Name && c.Holder == me && c.Checkpoint == from.Checkpoint && c.Entries == from.Entries)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.Checkpoint, to.Checkpoint).SetProperty(c => c.Entries, to.Entries).SetProperty(c => c.Hash, to.Hash).SetProperty(c => c.MovedAt, clock.GetUtcNow()), ct) == 1;
    }

    /// <summary>Lets another gateway try at once.</summary>
    public async Task ReleaseAsync(string name, CancellationToken ct)
    {
        await using var store = await stores.CreateDbContextAsync(ct);
        await store.Set<OutletCursor>().Where(c => c.Name == name && c.Holder == me).ExecuteUpdateAsync(set => set.SetProperty(c => c.Holder, (Guid?)null).SetProperty(c => c.HeldUntil, (DateTimeOffset?)null), ct);
    }

    private static Task<OutletCursor?> FindAsync(GatewayStore store, string name, CancellationToken ct) => store.Set<OutletCursor>().AsNoTracking().SingleOrDefaultAsync(c => c.Name == name, ct);
}
