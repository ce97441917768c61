using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Contracts;
using Gateway.Risk.Advice;

namespace Gateway.Risk.Remote;

/// <summary>One analyzer: a service that finds personal data, asked over HTTP.</summary>
internal sealed partial class Analyzer(AnalyzerOptions options, IHttpClientFactory clients) : IAdviser
{
    public const string ClientName = "analyzer";

    /// <summary>Of one answer; a longer one is none.</summary>
    public const int LargestAnswer = 1024 * 1024;
    private const int MostEntities = 5_000;
    private const int AtOnce = 16;
    private static readonly JsonSerializerOptions Wire = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public AdviserTerms Terms { get; } = new(options.Detector, $"the analyzer {options.Name}", options.Timeout, options.LongestText, AtOnce);

    public async Task<IReadOnlyList<Mark>> AskAsync(string text, CancellationToken ct)
    {
        using var client = clients.CreateClient(ClientName);
        using var answer = await client.PostAsJsonAsync(options.Url.TrimEnd('/') + "/analyze", new Question(text, options.Language, options.LeastScore), Wire, ct);
        answer.EnsureSuccessStatusCode();
        var entities = await answer.Content.ReadFromJsonAsync<List<Entity>>(Wire, ct);
        return entities is { Count: <= MostEntities } ? Place(text, entities) : throw new InvalidDataException("No list of entities, or a longer one than allowed.");
    }

    private List<Mark> Place(string text, List<Entity> entities)
    {
        var units = UnitsOf(text);
        return [.. entities.Select(entity =>
        {
            if (entity.Start < 0 || entity.End <= entity.Start || entity.End >= units.Length || entity.EntityType is null || !(entity.Score is >= 0 and <= 1) || !Types().IsMatch(entity.EntityType)) throw new InvalidDataException("An entity that is none of this text.");
            var profile = new DetectorProfile(options.Detector, RiskCategory.Personal, entity.EntityType, [], []);
            return new Mark(profile, units[entity.Start], units[entity.End], entity.Score, $"The analyzer {options.Name} takes it for such.");
        }).Where(mark => mark.Confidence >= options.LeastScore)];
    }

    /// <summary>For each code point, in which the analyzer counts as Python does, and for the end: where it stands in UTF-16.</summary>
    private static int[] UnitsOf(string text)
    {
        var units = new List<int>(text.Length + 1);
        for (var at = 0; at < text.Length; at += char.IsSurrogatePair(text, at) ? 2 : 1) units.Add(at);
        units.Add(text.Length);
        return [.. units];
    }

    private sealed record Question(string Text, string Language, double ScoreThreshold);

    private sealed record Entity(string? EntityType, int Start, int End, double Score);

    [GeneratedRegex(@"\A[A-Z][A-Z0-9_]{0,39}\z")]
    private static partial Regex Types();
}
