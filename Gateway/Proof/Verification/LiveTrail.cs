using System.Runtime.CompilerServices;
using Gateway.Audit;
using Gateway.Storage;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Proof.Verification;

/// <summary>The trail of a store, which may be written to meanwhile: what comes while it is checked is left to the next time.</summary>
internal sealed class LiveTrail(IDbContextFactory<GatewayStore> stores) : ITrailSource
{
    public bool FromTheBeginning => true;
    public bool Whole => true;

    public async IAsyncEnumerable<Checkpoint> CheckpointsAsync([EnumeratorCancellation] CancellationToken ct)
    {
        await using var store = await stores.CreateDbContextAsync(ct);
        await foreach (var checkpoint in store.Set<Checkpoint>().AsNoTracking().OrderBy(c => c.Number).AsAsyncEnumerable().WithCancellation(ct)) yield return checkpoint;
    }

    public async IAsyncEnumerable<LinkedEntry> EntriesAsync(Guid chain, long from, long to, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var store = await stores.CreateDbContextAsync(ct);
        var entries = store.Set<TrailEntry>().AsNoTracking().Where(e => e.Chain == chain && e.Position >= from && e.Position <= to).OrderBy(e => e.Position).AsAsyncEnumerable();
        await foreach (var entry in entries.WithCancellation(ct)) yield return new LinkedEntry.Row(entry);
    }

    public async Task FinishAsync(IReadOnlyDictionary<Guid, ChainEnd> covered, TrailReport report, CancellationToken ct)
    {
        await using var store = await stores.CreateDbContextAsync(ct);
        // First the rows, then the ends: what is saved in between makes the ends later, never earlier.
        var rows = await store.Set<TrailEntry>().AsNoTracking().Where(e => e.Chain != null).GroupBy(e => e.Chain!.Value)
            .Select(group => new { Chain = group.Key, Last = group.Max(e => e.Position)!.Value, First = group.Min(e => e.Position)!.Value }).ToListAsync(ct);
        var unchained = await store.Set<TrailEntry>().LongCountAsync(e => e.Chain == null, ct);
        var chains = await store.Set<TrailChain>().AsNoTracking().ToDictionaryAsync(c => c.Id, ct);

        foreach (var row in rows)
        {
            var end = Math.Max(chains.GetValueOrDefault(row.Chain)?.Position ?? 0, covered.GetValueOrDefault(row.Chain)?.Position ?? 0);
            if (row.Last > end || row.First < 1)
                report.Add(new TrailFault(FaultKind.EntryAdded, $"Entry {(row.First < 1 ? row.First : row.Last)} of {TrailVerifier.Name(row.Chain)} was added: the chain {(end == 0 ? "is none that a gateway wrote" : $"ends at {end}")}.", row.Chain, row.Last));
        }
        if (unchained != report.Unchained && (covered.Count > 0 || report.Checkpoints > 0))
            report.Add(new TrailFault(unchained > report.Unchained ? FaultKind.EntryAdded : FaultKind.EntryMissing, $"{unchained:N0} entries belong to no chain, where the first checkpoint counted {report.Unchained:N0}."));
        report.Unchained = unchained;
        foreach (var (id, end) in covered)
        {
            if (!chains.TryGetValue(id, out var chain) || chain.Position < end.Position)
                report.Add(new TrailFault(FaultKind.CutOff, $"The end of {TrailVerifier.Name(id)} was set back to {chain?.Position ?? 0}; checkpoints cover it up to {end.Position}.", id, end.Position));
        }
        foreach (var chain in chains.Values) await FollowEndAsync(chain, covered.GetValueOrDefault(chain.Id), report, ct);
        report.Chains = Math.Max(report.Chains, chains.Count);
    }

    /// <summary>What came since the last checkpoint.</summary>
    private async Task FollowEndAsync(TrailChain chain, ChainEnd? covered, TrailReport report, CancellationToken ct)
    {
        var (position, hash) = (covered?.Position ?? 0, covered?.Hash ?? []);
        if (chain.Position <= position) return;
        var next = position + 1;
        await foreach (var entry in EntriesAsync(chain.Id, next, chain.Position, ct))
        {
            if (entry.Position != next)
            {
                Missing(next, entry.Position - 1, FaultKind.EntryMissing);
                hash = [];
            }
            next = entry.Position + 1;
            var own = entry.Hash(hash);
            if (hash.Length > 0 || entry.Position == 1)
            {
                if (own.AsSpan().SequenceEqual(entry.Kept)) report.Unsigned++;
                else report.Add(new TrailFault(FaultKind.EntryChanged, $"Entry {entry.Position} of {TrailVerifier.Name(chain.Id)} was changed: it does not fit its own hash.", chain.Id, entry.Position));
            }
            hash = entry.Kept ?? [];
        }
        if (next <= chain.Position) Missing(next, chain.Position, FaultKind.CutOff);
        else if (!hash.AsSpan().SequenceEqual(chain.Head))
            report.Add(new TrailFault(FaultKind.EntryChanged, $"Entry {chain.Position} of {TrailVerifier.Name(chain.Id)} was changed: it is not the one its chain ends with.", chain.Id, chain.Position));

        void Missing(long from, long to, FaultKind kind) => report.Add(new TrailFault(kind,
            from == to ? $"Entry {from} of {TrailVerifier.Name(chain.Id)} is missing." : $"Entries {from} to {to} of {TrailVerifier.Name(chain.Id)} are missing.", chain.Id, from));
    }
}
