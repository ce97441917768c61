using System.Text.Json;
using Contracts;
using Contracts.Api;
using Gateway.Audit;
using Gateway.Dialects;
using Gateway.Masking;
using Gateway.Policy;
using Gateway.Prompts;
using Gateway.Proof;
using Gateway.Retention;
using Gateway.Search;
using Gateway.Storage;
using Gateway.Texts;
using Gateway.Upstreams;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Interactions;

/// <summary>Puts together again what is on record of one interaction.</summary>
internal sealed class RecordedInteractions(IDbContextFactory<GatewayStore> stores, TextVault vault, DialectsByRoute dialects, FindSensitive findSensitive)
{
    private const int MostEntries = 500;

    /// <summary>Looked through for the one that covers an entry; past them the page does without.</summary>
    private const int MostCheckpoints = 2_000;
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(1);

    /// <summary>Those that say what was asked and judged, best first.</summary>
    private static readonly string[] Judging = ["interaction", "parked", "request"];

    /// <param name="id">Of the interaction, or of its ticket.</param>
    /// <returns>The entry that says what was asked and decided.</returns>
    public async Task<TrailEntry?> FindAsync(string id, CancellationToken ct)
    {
        await using var store = await stores.CreateDbContextAsync(ct);
        var entries = await store.Set<TrailEntry>().AsNoTracking().Where(e => (e.InteractionId == id || e.TicketId == id) && Judging.Contains(e.Kind)).OrderBy(e => e.Sequence).Take(MostEntries).ToListAsync(ct);
        return entries.OrderBy(entry => Array.IndexOf(Judging, entry.Kind)).FirstOrDefault();
    }

    public async Task<InteractionView> ViewAsync(TrailEntry found, CancellationToken ct)
    {
        await using var store = await stores.CreateDbContextAsync(ct);
        var entries = await EntriesAsync(store, found, ct);
        var key = await store.Set<TextKey>().AsNoTracking().SingleOrDefaultAsync(k => k.Id == found.InteractionId, ct);
        return new InteractionView
        {
            Id = found.InteractionId!, TicketId = entries.Select(e => e.TicketId).FirstOrDefault(ticket => ticket is not null), Actor = found.Actor, ActorName = found.ActorName, At = found.At, Route = found.Route, Model = found.Model, // it was found by that
            Score = found.Score, Decision = found.Decision, Rule = found.Rule, PolicyVersion = found.PolicyVersion, Findings = FindingsOf(found),
            Entries = [.. (await ProvenAsync(store, entries, ct))], Texts = key is not null ? TextState.Kept : found.RequestText is null ? TextState.None : TextState.Erased, Held = key is not null && await IsHeldAsync(store, key, ct),
        };
    }

    /// <exception cref="TextErasedException" />
    public async Task<OpenedInteraction> OpenAsync(TrailEntry found, CancellationToken ct)
    {
        await using var store = await stores.CreateDbContextAsync(ct);
        var seals = await vault.ResumeAsync(store, found.InteractionId!, ct);
        var request = await vault.OpenAsync(store, found.RequestText ?? throw new TextErasedException(found.InteractionId!), ct);
        var entries = await EntriesAsync(store, found, ct);
        var answered = entries.LastOrDefault(entry => entry.AnswerText is not null);
        var answer = answered?.AnswerText is { } id ? await vault.OpenAsync(store, id, ct) : null;
        var (parts, findings) = (PartsOf(request), FindingsOf(found));
        var (edits, genuine) = await EditsAsync(store, seals, entries, PromptViews.Laid(parts, findings), ct);
        return new OpenedInteraction
        {
            Request = PromptViews.Laid(parts, findings),
            Answer = answer is null ? [] : AnswerLayout.Of(EntryReader.AnswerOf(answer, dialects.For(found.Route!)), parts, findings, findSensitive), // what was answered has a route
            Times = answered?.AnswerText is { } timed ? await TimesAsync(store, seals, timed, ct) : [],
            Edits = edits,
            Genuine = genuine && seals.Digest(request) == found.RequestDigest && (answer is null || seals.Digest(answer) == answered!.AnswerDigest), // there is one where there is an answer
        };
    }

    /// <returns>What people made of the text, and whether all of it is what the trail's digests were made of.</returns>
    private async Task<(IReadOnlyList<OpenedEdit> Edits, bool Genuine)> EditsAsync(GatewayStore store, TextSeals seals, List<TrailEntry> entries, IReadOnlyList<PromptPartView> before, CancellationToken ct)
    {
        var (edits, genuine) = (new List<OpenedEdit>(), true);
        foreach (var entry in entries.Where(entry => entry is { Kind: "edited", RequestText: not null }))
        {
            var text = await vault.OpenAsync(store, entry.RequestText!.Value, ct); // only those with one
            var after = PromptViews.Laid(PartsOf(text), FindingsOf(entry));
            edits.Add(new OpenedEdit(new(entry.Actor, entry.ActorName ?? entry.Actor), entry.At, entry.Model, PromptViews.Changes(before, after), entries.Any(sent => sent.Kind == "execution" && sent.RequestText == entry.RequestText)));
            (before, genuine) = (after, genuine && seals.Digest(text) == entry.RequestDigest);
        }
        return (edits, genuine);
    }

    /// <exception cref="TextErasedException" />
    public async Task<byte[]> RequestAsync(TrailEntry found, CancellationToken ct)
    {
        await using var store = await stores.CreateDbContextAsync(ct);
        return await vault.OpenAsync(store, found.RequestText ?? throw new TextErasedException(found.InteractionId!), ct); // it was found by that
    }

    /// <returns>Null where nothing is masked under this number.</returns>
    public async Task<(Finding Finding, string Value)?> ValueAsync(TrailEntry found, int number, CancellationToken ct)
    {
        var findings = FindingsOf(found);
        if (number < 0 || number >= findings.Count || !PromptPolicy.Hides(findings[number]) || found.RequestText is not { } id) return null;
        await using var store = await stores.CreateDbContextAsync(ct);
        var finding = findings[number];
        return PartsOf(await vault.OpenAsync(store, id, ct)).FirstOrDefault(part => part.Path == finding.Path && part.Text.Length >= finding.End) is { } part ? (finding, part.Text[finding.Start..finding.End]) : null;
    }

    private static IReadOnlyList<PromptPart> PartsOf(byte[] request)
    {
        try
        {
            return JsonBody.Parse(request).Parts;
        }
        catch (UnreadableBodyException)
        {
            return []; // it went by unread, and nobody here can read it either
        }
    }

    private static List<Finding> FindingsOf(TrailEntry entry) => JsonSerializer.Deserialize<List<Finding>>(entry.Findings ?? "[]", JsonWire.Options) ?? [];

    private static async Task<List<TrailEntry>> EntriesAsync(GatewayStore store, TrailEntry found, CancellationToken ct)
    {
        var (id, entries) = (found.InteractionId, store.Set<TrailEntry>().AsNoTracking());
        var tickets = entries.Where(e => e.InteractionId == id && e.TicketId != null).Select(e => e.TicketId);
        return await entries.Where(e => e.InteractionId == id || tickets.Contains(e.TicketId)).OrderBy(e => e.Sequence).Take(MostEntries).ToListAsync(ct);
    }

    /// <summary>A checkpoint covers an entry soon after it: the first ones from then on are looked through.</summary>
    private static async Task<IEnumerable<ProvenEntryView>> ProvenAsync(GatewayStore store, List<TrailEntry> entries, CancellationToken ct)
    {
        var proven = new Dictionary<long, Checkpoint>();
        foreach (var entry in entries.Where(entry => entry.Chain is not null))
        {
            var (chain, position) = (entry.Chain!.Value, entry.Position!.Value); // those without are passed over
            var since = entry.At - ClockSkew;
            if (await store.Set<TrailChain>().AsNoTracking().Where(c => c.Id == chain).Select(c => c.Covered).SingleOrDefaultAsync(ct) < position) continue;
            await foreach (var checkpoint in store.Set<Checkpoint>().AsNoTracking().Where(c => c.At >= since).OrderBy(c => c.Number).Take(MostCheckpoints)
                .Select(c => new Checkpoint { Number = c.Number, At = c.At, Line = c.Line, Signatures = Array.Empty<CheckpointSignature>(), Leaves = Array.Empty<byte>() }).AsAsyncEnumerable().WithCancellation(ct))
            {
                if (CheckpointStatement.Read(checkpoint.Line) is not { } statement || !statement.Ranges.Any(range => range.Chain == chain && range.From <= position && position <= range.To)) continue;
                proven[entry.Sequence] = checkpoint;
                break;
            }
        }
        return entries.Select(entry => new ProvenEntryView(entry.ToView(), proven.GetValueOrDefault(entry.Sequence)?.Number, proven.GetValueOrDefault(entry.Sequence)?.At));
    }

    private static async Task<bool> IsHeldAsync(GatewayStore store, TextKey key, CancellationToken ct)
    {
        foreach (var hold in await store.Set<LegalHold>().AsNoTracking().Where(h => h.LiftedAt == null).ToListAsync(ct))
            if (!await hold.Except(store.Set<TextKey>().Where(k => k.Id == key.Id)).AnyAsync(ct)) return true;
        return false;
    }

    private static async Task<IReadOnlyList<AnswerMoment>> TimesAsync(GatewayStore store, TextSeals seals, Guid answer, CancellationToken ct)
    {
        var id = AnswerTimes.IdOf(answer);
        return await store.Set<SealedText>().AsNoTracking().SingleOrDefaultAsync(text => text.Id == id, ct) is { } times ? AnswerTimes.Read(seals.Open(times)) : [];
    }
}
