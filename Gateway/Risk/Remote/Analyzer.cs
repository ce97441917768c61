using System.Globalization;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Contracts;
using Microsoft.Extensions.Caching.Memory;

namespace Gateway.Risk.Remote;

/// <summary>
/// One analyzer. Its answers are kept for a while by the text's digest, since a conversation sends the same texts again at every
/// turn. It only adds to what the gateway's own detectors find; where it fails, the text gets a finding that says so.
/// </summary>
internal sealed partial class Analyzer(AnalyzerOptions options, IHttpClientFactory clients, TimeProvider clock) : IDisposable
{
    public const string ClientName = "analyzer";

    /// <summary>Of one answer; a longer one is none.</summary>
    public const int LargestAnswer = 1024 * 1024;
    private const int MostEntities = 5_000;
    private const int AtOnce = 4;
    private const int MostKept = 10_000;
    private static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(10);
    private static readonly JsonSerializerOptions Wire = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private readonly MemoryCache kept = new(new MemoryCacheOptions { SizeLimit = MostKept });

    /// <summary>What it finds in each part, in their order. Throws only where the caller has gone.</summary>
    public async Task<IReadOnlyList<Finding>[]> AskAsync(IReadOnlyList<PromptPart> parts, CancellationToken ct)
    {
        var found = new IReadOnlyList<Finding>[parts.Count];
        using var patience = new CancellationTokenSource(options.Timeout, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        await Parallel.ForAsync(0, parts.Count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct }, async (i, _) => found[i] = await AskAsync(parts[i], ct, both.Token));
        return found;
    }

    private async Task<IReadOnlyList<Finding>> AskAsync(PromptPart part, CancellationToken caller, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(part.Text)) return [];
        if (part.Text.Length > options.LongestText) return [NotInspected(part, "The text is longer than it is asked about")];
        var digest = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(part.Text)));
        try
        {
            if (!kept.TryGetValue(digest, out IReadOnlyList<Entity>? entities) || entities is null)
            {
                entities = await FetchAsync(part.Text, ct);
                kept.Set(digest, entities, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = KeptFor });
            }
            return Place(part, entities);
        }
        // Whatever went wrong over there, the text was not inspected, and that must weigh.
        catch (Exception fault) when (!caller.IsCancellationRequested && fault is not OutOfMemoryException)
        {
            return [NotInspected(part, fault is OperationCanceledException ? "It did not answer in time" : $"Asking it failed with {fault.GetType().Name}")];
        }
    }

    private async Task<IReadOnlyList<Entity>> FetchAsync(string text, CancellationToken ct)
    {
        using var client = clients.CreateClient(ClientName);
        using var answer = await client.PostAsJsonAsync(options.Url.TrimEnd('/') + "/analyze", new Question(text, options.Language, options.LeastScore), Wire, ct);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<List<Entity>>(Wire, ct) is { Count: <= MostEntities } entities ? entities : throw new InvalidDataException("No list of entities, or a longer one than allowed.");
    }

    private List<Finding> Place(PromptPart part, IReadOnlyList<Entity> entities)
    {
        var (view, units) = (new InspectedText(part), UnitsOf(part.Text));
        return [.. entities.Select(entity =>
        {
            if (entity.Start < 0 || entity.End <= entity.Start || entity.End >= units.Length || entity.EntityType is null || !(entity.Score is >= 0 and <= 1) || !Types().IsMatch(entity.EntityType)) throw new InvalidDataException("An entity that is none of this text.");
            var profile = new DetectorProfile(options.Detector, RiskCategory.Personal, entity.EntityType, [], []);
            return view.Finding(profile, units[entity.Start], units[entity.End], entity.Score, $"The analyzer {options.Name} takes it for such.");
        }).Where(finding => finding.Confidence >= options.LeastScore)];
    }

    /// <summary>For each code point, in which the analyzer counts as Python does, and for the end: where it stands in UTF-16.</summary>
    private static int[] UnitsOf(string text)
    {
        var units = new List<int>(text.Length + 1);
        for (var at = 0; at < text.Length; at += char.IsSurrogatePair(text, at) ? 2 : 1) units.Add(at);
        units.Add(text.Length);
        return [.. units];
    }

    private Finding NotInspected(PromptPart part, string why) => new InspectedText(part).Finding(
        new DetectorProfile(options.Detector, RiskCategory.Fault, "FAULT", [], []), 0, part.Text.Length, 1, string.Create(CultureInfo.InvariantCulture, $"{why}, so this text was not inspected by the analyzer {options.Name}."));

    public void Dispose() => kept.Dispose();

    private sealed record Question(string Text, string Language, double ScoreThreshold);

    private sealed record Entity(string? EntityType, int Start, int End, double Score);

    [GeneratedRegex(@"\A[A-Z][A-Z0-9_]{0,39}\z")]
    private static partial Regex Types();
}
