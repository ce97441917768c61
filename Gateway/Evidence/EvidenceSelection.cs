using System.Runtime.CompilerServices;
using Gateway.Audit;
using Gateway.Proof;
using Gateway.Storage;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Evidence;

/// <summary>Finds what belongs into a bundle: checkpoints, and of each the entries it covers that the scope asks for.</summary>
internal sealed class EvidenceSelection(IDbContextFactory<GatewayStore> stores, EvidenceScope scope)
{
    /// <summary>Of a person or a case; more is asked for as a period.</summary>
    public const int MostEntries = 100_000;

    /// <summary>So far may the clock of the gateway that signs be behind that of the one that records.</summary>
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(10);

    /// <summary>In the order in which checkpoints cover them.</summary>
    public async IAsyncEnumerable<(Checkpoint Checkpoint, IReadOnlyList<TrailEntry> Entries)> ReadAsync([EnumeratorCancellation] CancellationToken ct)
    {
        await using var store = await stores.CreateDbContextAsync(ct);
        var wanted = scope is EvidenceScope.Period ? null : await WantedAsync(store, ct);
        if (wanted is { Count: 0 }) yield break;

        // A checkpoint comes after the entries it covers: none before the first of them is asked for.
        var since = scope is EvidenceScope.Period period ? period.From : wanted!.Values.Min(entry => entry.At) - ClockSkew;
        var left = wanted?.Count;
        await using var other = await stores.CreateDbContextAsync(ct);
        await foreach (var checkpoint in other.Set<Checkpoint>().AsNoTracking().Where(c => c.At >= since).OrderBy(c => c.Number).AsAsyncEnumerable().WithCancellation(ct))
        {
            var statement = CheckpointStatement.Read(checkpoint.Line) ?? throw new InvalidDataException($"Checkpoint {checkpoint.Number} cannot be read: it was changed. Run 'audit verify'.");
            var entries = wanted is null ? await CoveredAsync(store, statement, ct) : [.. statement.Ranges.SelectMany(range => InRange(wanted, range))];
            if (wanted is null || entries.Count > 0) yield return (checkpoint, entries);
            if (scope is EvidenceScope.Period(_, var to) && checkpoint.At >= to) break;
            if ((left -= entries.Count) == 0) break;
        }
        // None is left out in silence.
        if (left > 0) throw new InvalidDataException($"{left:N0} entries of {scope.Title} are not signed yet: they were recorded this moment. Ask again.");
    }

    /// <summary>Policies that judged, and versions that came into force.</summary>
    public static IEnumerable<string> PolicyLabels(IEnumerable<TrailEntry> entries) => entries.Select(entry => entry.PolicyVersion).OfType<string>().Distinct();

    private async Task<Dictionary<(Guid, long), TrailEntry>> WantedAsync(GatewayStore store, CancellationToken ct)
    {
        var entries = store.Set<TrailEntry>().AsNoTracking().Where(e => e.Chain != null);
        var own = scope switch
        {
            EvidenceScope.Person(var subject, var from, var to) => entries.Where(e => e.Actor == subject && e.At >= from && e.At < to),
            EvidenceScope.Case(var id) => entries.Where(e => e.TicketId == id || e.InteractionId == id),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        // What happened to a person's prompts was done by others: all of the tickets and interactions that are theirs.
        var tickets = own.Where(e => e.TicketId != null).Select(e => e.TicketId);
        var interactions = own.Where(e => e.InteractionId != null).Select(e => e.InteractionId);
        var all = await own.Union(entries.Where(e => tickets.Contains(e.TicketId) || interactions.Contains(e.InteractionId))).Take(MostEntries + 1).ToListAsync(ct);
        return all.Count > MostEntries
            ? throw new InvalidDataException($"More than {MostEntries:N0} entries belong to {scope.Title}; ask for less, or for the whole period.")
            : all.ToDictionary(entry => (entry.Chain!.Value, entry.Position!.Value)); // the query asked for those of chains
    }

    private static IEnumerable<TrailEntry> InRange(Dictionary<(Guid, long), TrailEntry> wanted, ChainRange range)
    {
        // Whichever is less: the entries asked for, or those of the range.
        if (range.Count > wanted.Count) return wanted.Values.Where(entry => entry.Chain == range.Chain && entry.Position >= range.From && entry.Position <= range.To).OrderBy(entry => entry.Position);
        return Enumerable.Range(0, (int)range.Count).Select(offset => wanted.GetValueOrDefault((range.Chain, range.From + offset))).OfType<TrailEntry>();
    }

    private static async Task<IReadOnlyList<TrailEntry>> CoveredAsync(GatewayStore store, CheckpointStatement statement, CancellationToken ct)
    {
        var all = new List<TrailEntry>();
        foreach (var range in statement.Ranges)
            all.AddRange(await store.Set<TrailEntry>().AsNoTracking().Where(e => e.Chain == range.Chain && e.Position >= range.From && e.Position <= range.To).OrderBy(e => e.Position).ToListAsync(ct));
        return all;
    }
}
