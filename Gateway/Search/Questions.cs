using Contracts.Api;
using Gateway.Audit;
using Gateway.Policies;
using Gateway.Storage;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Search;

/// <summary>The three questions of an auditor, answered from what is recorded.</summary>
internal sealed class Questions(IDbContextFactory<GatewayStore> stores, SearchIndex index)
{
    public const int Most = 500;

    /// <summary>So much of what is looked for a prompt must have in common to be called similar.</summary>
    private const double Similar = 0.6;

    /// <summary>Of fewer words than this, all must be there.</summary>
    private const int FewWords = 5;
    private static readonly TimeSpan RightBefore = TimeSpan.FromHours(1);

    /// <summary>A version reaches every gateway within this.</summary>
    private static readonly TimeSpan Switching = TimeSpan.FromSeconds(15);

    public async Task<Found<AskedBy>> WhoAskedAsync(WhoAsked asked, CancellationToken ct)
    {
        var hash = await index.HashAsync(ct);
        var (from, to) = Between(asked.From, asked.To);
        await using var store = await stores.CreateDbContextAsync(ct);
        var whole = hash.OfText(asked.Text);
        var exact = (await store.Set<Fingerprint>().AsNoTracking().Where(f => f.Hash == whole && f.Type == null && f.At >= from && f.At < to).Select(f => f.InteractionId).Distinct().Take(Most + 1).ToListAsync(ct)).ToHashSet();
        var likeness = exact.ToDictionary(id => id, _ => 1.0);
        var sought = hash.OfWords([asked.Text]);
        var looked = 0L;
        await foreach (var prompt in store.Set<PromptWords>().AsNoTracking().Where(w => w.At >= from && w.At < to).AsAsyncEnumerable().WithCancellation(ct))
        {
            looked++;
            var common = sought.Length == 0 ? 0 : (double)SearchHash.Common(sought, prompt.Words) / sought.Length;
            if (sought.Length < FewWords ? common == 1 : common >= Similar) likeness.TryAdd(prompt.InteractionId, common);
        }
        var best = likeness.OrderByDescending(one => exact.Contains(one.Key)).ThenByDescending(one => one.Value).ThenByDescending(one => one.Key, StringComparer.Ordinal).Take(Most).Select(one => one.Key).ToList();
        var entries = await FirstEntriesAsync(store, best, ct);
        var items = best.Select(entries.GetValueOrDefault).OfType<TrailEntry>().Select(entry => new AskedBy(
            entry.InteractionId!, entry.At, entry.Actor, entry.ActorName, entry.Model, entry.Outcome, exact.Contains(entry.InteractionId!) ? "exact" : sought.Length < FewWords ? "words" : "similar", Math.Round(likeness[entry.InteractionId!], 2)));
        return new Found<AskedBy>([.. items], looked, likeness.Count > Most);
    }

    public async Task<Found<LeftBy>> DidItLeaveAsync(DidItLeave asked, IReadOnlyList<string> types, CancellationToken ct)
    {
        var hash = await index.HashAsync(ct);
        var (from, to) = Between(asked.From, asked.To);
        await using var store = await stores.CreateDbContextAsync(ct);
        var rows = store.Set<Fingerprint>().AsNoTracking().Where(f => f.Type != null && f.At >= from && f.At < to);
        var looked = await store.Set<PromptWords>().LongCountAsync(w => w.At >= from && w.At < to, ct);
        if (asked.Type is { } type) rows = rows.Where(f => f.Type == type);
        if (asked.Value is { } value)
        {
            // Found under one type, it may be looked for under another.
            var hashes = (asked.Type is { } only ? [only] : types).Select(known => hash.OfValue(known, value)).Distinct().ToList();
            rows = rows.Where(f => hashes.Contains(f.Hash));
        }
        else rows = rows.Where(f => f.Went != Went.Nowhere);
        var found = await rows.OrderByDescending(f => f.At).Take((Most * 2) + 1).ToListAsync(ct);
        var items = found.GroupBy(f => (f.InteractionId, f.Type)).SelectMany(same => same.Any(f => f.Went != Went.Nowhere) ? same.Where(f => f.Went != Went.Nowhere) : same.Take(1)).DistinctBy(f => (f.InteractionId, f.Type, f.Went)).Take(Most).ToList();
        var entries = await FirstEntriesAsync(store, [.. items.Select(f => f.InteractionId).Distinct()], ct);
        return new Found<LeftBy>(
            [.. items.Where(f => entries.ContainsKey(f.InteractionId)).Select(f => entries[f.InteractionId] is var entry ? new LeftBy(f.InteractionId, entry.At, entry.Actor, entry.ActorName, entry.Model, f.Type!, f.Went.ToString().ToLowerInvariant()) : null!)],
            looked, found.Count > Most * 2);
    }

    public async Task<Found<GotPast>> WhoGotPastAsync(WhoGotPast asked, CancellationToken ct)
    {
        var (from, to) = Between(asked.From, asked.To);
        await using var store = await stores.CreateDbContextAsync(ct);
        var entries = store.Set<TrailEntry>().AsNoTracking().Where(e => e.At >= from && e.At < to);
        var looked = await entries.LongCountAsync(e => e.Kind == "interaction" || e.Kind == "parked", ct);
        var past = new List<GotPast>();
        var known = store.Set<TrailEntry>().Where(e => e.Kind == "known" && e.TicketId != null).Select(e => e.TicketId); // nobody asked these, and nothing of them got anywhere
        foreach (var entry in await entries.Where(e => e.TicketId == null || !known.Contains(e.TicketId)).Where(e => e.Kind == "glass.broken" || e.Kind == "reveal" || (e.Kind == "interaction" && e.Rule!.StartsWith("grant:"))).OrderByDescending(e => e.Sequence).Take(Most + 1).ToListAsync(ct))
        {
            past.Add(entry.Kind switch
            {
                "glass.broken" => Of("glass broken", entry, $"Released alone: {entry.Reason}"),
                "reveal" => Of("reveal", entry, $"Saw a masked {entry.FindingTypes.Trim(',')}: {entry.Reason}"),
                _ => Of("grant", entry, $"Passed by {entry.Rule}, score {entry.Score}."),
            });
        }
        await AddPolicyAsync(store, entries, from, past, ct);
        return new Found<GotPast>([.. past.OrderByDescending(one => one.At).Take(Most)], looked, past.Count > Most);
    }

    /// <summary>Judged by a version that was not in force any more, or sent by somebody who had the policy changed right before.</summary>
    private static async Task AddPolicyAsync(GatewayStore store, IQueryable<TrailEntry> entries, DateTimeOffset from, List<GotPast> past, CancellationToken ct)
    {
        var versions = await store.Set<PolicyVersion>().AsNoTracking().OrderBy(v => v.Number).ToListAsync(ct);
        foreach (var (version, next) in versions.Zip(versions.Skip(1)))
        {
            var (label, late) = (version.Label, next.At + Switching);
            foreach (var entry in await entries.Where(e => (e.Kind == "interaction" || e.Kind == "parked") && e.PolicyVersion == label && e.At > late).OrderByDescending(e => e.Sequence).Take(Most).ToListAsync(ct))
                past.Add(Of("older version", entry, $"Judged by {label}, when {next.Label} had been in force since {next.At:u}."));
        }
        foreach (var version in versions.Where(v => v.At > from - RightBefore && v.Origin is PolicyOrigin.Draft or PolicyOrigin.Rollback))
        {
            var (since, until, author, approver) = (version.At, version.At + RightBefore, version.Author, version.Approver ?? version.Author);
            foreach (var entry in await entries.Where(e => (e.Kind == "interaction" || e.Kind == "parked") && e.At >= since && e.At < until && (e.Actor == author || e.Actor == approver)).Take(Most).ToListAsync(ct))
                past.Add(Of("policy changed", entry, $"Sent within the hour after {version.Label}, which {version.AuthorName} wrote{(version.ApproverName is { } by ? $" and {by} agreed to" : "")}, came into force."));
        }
    }

    private static GotPast Of(string how, TrailEntry entry, string says) => new(how, entry.At, entry.Actor, entry.ActorName, entry.InteractionId, entry.TicketId, says);

    /// <summary>What says who asked, and what became of it at first.</summary>
    private static async Task<Dictionary<string, TrailEntry>> FirstEntriesAsync(GatewayStore store, List<string> ids, CancellationToken ct)
    {
        var entries = await store.Set<TrailEntry>().AsNoTracking().Where(e => ids.Contains(e.InteractionId!) && (e.Kind == "interaction" || e.Kind == "parked" || e.Kind == "request")).OrderByDescending(e => e.Sequence).ToListAsync(ct); // null is in no list
        return entries.GroupBy(e => e.InteractionId!).ToDictionary(same => same.Key, same => same.Last());
    }

    private static (DateTimeOffset From, DateTimeOffset To) Between(DateTimeOffset? from, DateTimeOffset? to) =>
        (from?.ToUniversalTime() ?? new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero), to?.ToUniversalTime() ?? new DateTimeOffset(9000, 1, 1, 0, 0, 0, TimeSpan.Zero));
}
