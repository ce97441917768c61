using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Contracts;
using Gateway.Audit;
using Gateway.Dialects;
using Gateway.Inspection;
using Gateway.Policies;
using Gateway.Policy;
using Gateway.Prompts;
using Gateway.Storage;
using Gateway.Texts;
using Gateway.Upstreams;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Search;

/// <summary>What of an entry can be looked for later.</summary>
internal sealed record IndexedEntry(PromptWords? Words, IReadOnlyList<Fingerprint> Fingerprints);

/// <summary>An entry and its texts as they are stored, each with the key it has or had.</summary>
internal sealed record StoredEntry(TrailEntry Entry, SealedText? Request, TextKey? RequestKey, SealedText? Answer, TextKey? AnswerKey);

/// <summary>Reads an entry's texts once more, as they are stored, and says what to find them by.</summary>
internal sealed class EntryReader(TextVault vault, PolicyArchive policies, DialectsByRoute dialects)
{
    private static readonly string[] Told = ["request", "interaction", "parked", "execution"];

    public static bool Reads(TrailEntry entry) => Told.Contains(entry.Kind) && entry is { InteractionId: not null, RequestText: not null };

    /// <returns>Null where the texts were erased, or what is stored cannot be read: one such entry does not keep the others from being found.</returns>
    public async Task<IndexedEntry?> ReadAsync(StoredEntry stored, SearchHash hash, GatewayStore store, CancellationToken ct)
    {
        var entry = stored.Entry;
        JsonBody body;
        IReadOnlyList<PromptPart> answer;
        List<Finding> findings;
        MaskingPlan? plan;
        try
        {
            findings = JsonSerializer.Deserialize<List<Finding>>(entry.Findings ?? "[]", JsonWire.Options) ?? [];
            plan = await PlanAsync(entry, store, ct);
            body = JsonBody.Parse(vault.Open(stored.Request, stored.RequestKey, entry.RequestText!.Value)); // those with a text are read
            answer = entry.AnswerText is { } id && entry.Route is { } route ? AnswerOf(vault.Open(stored.Answer, stored.AnswerKey, id), dialects.For(route)) : [];
        }
        catch (Exception unread) when (unread is TextErasedException or UnreadableBodyException or CryptographicException or JsonException)
        {
            return null;
        }
        var hidden = findings.Where(PromptPolicy.Hides).ToLookup(finding => finding.Path);
        var fingerprints = body.Parts.Where(part => part.Text.Length > 0 && part.Kind is not ("name" or "number")).Select(part => Of(entry, null, hash.OfText(part.Text), Went.Nowhere)).ToList();
        foreach (var part in body.Parts)
        {
            foreach (var finding in hidden[part.Path].Where(finding => finding.End <= part.Text.Length))
            {
                var value = part.Text[finding.Start..finding.End];
                var key = hash.OfValue(finding.Type, value);
                fingerprints.Add(Of(entry, finding.Type, key, LeftToModel(entry) && (plan is null || !plan.Hides(finding)) ? Went.Model : Went.Nowhere));
                if (answer.Any(text => text.Text.Contains(value, StringComparison.Ordinal))) fingerprints.Add(Of(entry, finding.Type, key, Went.Caller));
            }
        }
        var words = hash.OfWords(body.Parts.Where(part => part.Kind is not ("name" or "number")).SelectMany(part => WithoutValues(part.Text, hidden[part.Path])));
        return new IndexedEntry(new PromptWords { InteractionId = entry.InteractionId!, At = entry.At, Words = SearchHash.ToBytes(words) }, [.. fingerprints.DistinctBy(f => (f.Type, f.Hash, f.Went))]);
    }

    /// <summary>A streamed answer is recorded as the stream it was.</summary>
    public static IReadOnlyList<PromptPart> AnswerOf(byte[] answer, Dialect dialect)
    {
        var isStream = answer.AsSpan().StartsWith("data:"u8) || answer.AsSpan().StartsWith("event:"u8) || answer.AsSpan().StartsWith(":"u8);
        return AnswerReading.Of(new HeldAnswer(StatusCodes.Status200OK, isStream ? "text/event-stream" : "application/json", new Dictionary<string, string>(), answer, new Dictionary<string, string>()), dialect).Parts;
    }

    private static bool LeftToModel(TrailEntry entry) => entry.Kind switch
    {
        "request" => true,
        "interaction" => entry.Decision is "forward" or "mask" && entry.TicketId is null,
        "execution" => entry.UpstreamMs > 0 || entry.Outcome is "completed" or "answer parked",
        _ => false,
    };

    /// <returns>How values were masked; null where they went as they were.</returns>
    private async Task<MaskingPlan?> PlanAsync(TrailEntry told, GatewayStore store, CancellationToken ct)
    {
        // What is run later was decided about before.
        var entry = told.Kind != "execution" ? told
            : await store.Set<TrailEntry>().AsNoTracking().FirstOrDefaultAsync(e => e.InteractionId == told.InteractionId && e.Kind == "interaction" && e.Decision == "mask", ct) ?? told;
        if (entry.Decision != "mask") return null;
        return entry is { Judged: { } judged, PolicyVersion: { } version } && await policies.FindAsync(version, ct) is { } policy && policy.Decide(PolicyJson.ReadJudged(judged)) is PolicyDecision.Mask { Plan: { } plan } ? plan : MaskingPlan.Pseudonyms;
    }

    private static IEnumerable<string> WithoutValues(string text, IEnumerable<Finding> hidden)
    {
        var at = 0;
        foreach (var finding in hidden.Where(finding => finding.End <= text.Length).OrderBy(finding => finding.Start))
        {
            if (finding.Start > at) yield return text[at..finding.Start];
            at = Math.Max(at, finding.End);
        }
        if (at < text.Length) yield return text[at..];
    }

    private static Fingerprint Of(TrailEntry entry, string? type, long hash, Went went) => new() { InteractionId = entry.InteractionId!, At = entry.At, Type = type, Hash = hash, Went = went };
}
