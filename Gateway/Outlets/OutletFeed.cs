using System.Security.Cryptography;
using Gateway.Audit;
using Gateway.Proof;
using Gateway.Storage;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Outlets;

/// <summary>
/// Reads the trail in the order of its checkpoints, which is the same for everybody and never changes: the entries that a checkpoint
/// covers, by its ranges and their positions, then the checkpoint itself.
/// </summary>
/// <remarks>
/// What is not as it was signed goes out all the same, under the hash that was signed: to stop there would let whoever
/// tampered with one entry keep all later ones from being seen elsewhere.
/// </remarks>
internal sealed class OutletFeed(IDbContextFactory<GatewayStore> stores)
{
    public const int MostItems = 500;

    /// <summary>Of a batch; one more item may come on top.</summary>
    private const int MostBytes = 1024 * 1024;

    /// <returns>Null where nothing was signed since.</returns>
    public async Task<OutletBatch?> NextAsync(OutletPlace place, OutletContent content, CancellationToken ct)
    {
        var batch = new Filling(place);
        await using var store = await stores.CreateDbContextAsync(ct);
        while (batch.HasRoom && await store.Set<Checkpoint>().AsNoTracking().Where(c => c.Number > batch.Place.Checkpoint).OrderBy(c => c.Number).FirstOrDefaultAsync(ct) is { } checkpoint)
        {
            var statement = CheckpointStatement.Read(checkpoint.Line);
            if (statement is null) batch.Wrong.Add($"checkpoint {checkpoint.Number} cannot be read");
            else if (batch.Place.Hash is { } last && checkpoint.Number == batch.Place.Checkpoint + 1 && statement.Previous != last) batch.Wrong.Add($"checkpoint {checkpoint.Number} does not follow the one that was sent before it");

            if (content != OutletContent.Checkpoints && statement is not null && !await AddEntriesAsync(batch, store, checkpoint, statement, ct)) break;
            if (content != OutletContent.Entries) batch.Add(new OutletItem.Signed(checkpoint.At, OutletLine.Of(checkpoint), checkpoint.Number));
            batch.Place = new OutletPlace(checkpoint.Number, 0, CheckpointStatement.HashOf(checkpoint.Line));
        }
        return batch.Place == place ? null : new OutletBatch(batch.Items, batch.Place, batch.Wrong);
    }

    /// <returns>False where the batch was full before the last of them.</returns>
    private static async Task<bool> AddEntriesAsync(Filling batch, GatewayStore store, Checkpoint checkpoint, CheckpointStatement statement, CancellationToken ct)
    {
        var before = 0L; // of this checkpoint's entries, those in earlier ranges
        foreach (var range in statement.Ranges)
        {
            var sent = batch.Place.Entries - before;
            before += range.Count;
            if (sent >= range.Count) continue;
            var leaf = before - range.Count + sent;
            var next = range.From + sent;
            var previous = sent > 0 ? Leaf(checkpoint, leaf - 1) : await HashAsync(store, range.Chain, next - 1, ct);
            var most = MostItems - batch.Items.Count;
            var rows = store.Set<TrailEntry>().AsNoTracking().Where(e => e.Chain == range.Chain && e.Position >= next && e.Position <= range.To).OrderBy(e => e.Position).Take(most).AsAsyncEnumerable();
            await using var row = rows.GetAsyncEnumerator(ct);
            var found = await row.MoveNextAsync();
            for (; next <= range.To; next++, leaf++)
            {
                if (!batch.HasRoom) return false;
                var hash = Leaf(checkpoint, leaf);
                var entry = found && row.Current.Position == next ? row.Current : null;
                batch.Add(Item(range.Chain, next, hash, entry, previous, checkpoint, batch.Wrong));
                batch.Place = batch.Place with { Entries = batch.Place.Entries + 1 };
                if (entry is not null) found = await row.MoveNextAsync();
                previous = hash;
            }
        }
        return true;
    }

    private static OutletItem.Entry Item(Guid chain, long position, byte[] hash, TrailEntry? entry, byte[] previous, Checkpoint checkpoint, List<string> wrong)
    {
        var signed = Convert.ToHexStringLower(hash);
        if (entry is null)
        {
            wrong.Add($"entry {position} of chain {chain:N} is missing");
            return new OutletItem.Entry(checkpoint.At, OutletLine.OfMissing(chain, position, signed), chain, position, signed, null, null, null);
        }
        var line = TrailLine.Of(entry, chain, position, previous);
        if (!SHA256.HashData(line.Span).AsSpan().SequenceEqual(hash)) wrong.Add($"entry {position} of chain {chain:N} was changed");
        return new OutletItem.Entry(entry.At, OutletLine.Of(line, signed), chain, position, signed, entry.Kind, entry.InteractionId, entry.TicketId);
    }

    private static async Task<byte[]> HashAsync(GatewayStore store, Guid chain, long position, CancellationToken ct) =>
        position < 1 ? [] : await store.Set<TrailEntry>().Where(e => e.Chain == chain && e.Position == position).Select(e => e.Hash).SingleOrDefaultAsync(ct) ?? [];

    private static byte[] Leaf(Checkpoint checkpoint, long index) =>
        (index + 1) * MerkleTree.HashLength <= checkpoint.Leaves.Length ? checkpoint.Leaves.AsSpan((int)index * MerkleTree.HashLength, MerkleTree.HashLength).ToArray() : [];

    private sealed class Filling(OutletPlace place)
    {
        private long bytes;

        public List<OutletItem> Items { get; } = [];
        public List<string> Wrong { get; } = [];
        public OutletPlace Place { get; set; } = place;
        public bool HasRoom => Items.Count < MostItems && bytes < MostBytes;

        public void Add(OutletItem item)
        {
            Items.Add(item);
            bytes += item.Json.Length;
        }
    }
}
