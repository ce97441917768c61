using System.Diagnostics;
using System.Text.Encodings.Web;
using System.Text.Json;
using Contracts;
using Gateway.Risk;

namespace Gateway.Shell;

/// <summary>
/// <c>score --in TEXTS --out PREDICTIONS</c>: what the scorer makes of texts, for measuring it on labelled data. JSON Lines in,
/// <c>{"id","text"}</c> (more is ignored); JSON Lines out, in the same order. Ends with 0, with 1 where a line is not readable, with 2 where it was asked wrongly.
/// </summary>
internal static class ScoreCommand
{
    private const int Failed = 1;
    private const int AskedWrongly = 2;

    /// <summary>So many texts or characters are scored before the clock counts: what is measured is the scorer at work, not its compiler, which comes back to a method several times.</summary>
    private const int WarmUpTexts = 6_000, WarmUpLength = 20_000_000;

    private static readonly JsonSerializerOptions Wire = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static async Task<int> RunAsync(string[] args, TextWriter output)
    {
        if (args is not ["--in", var from, "--out", var to])
        {
            output.WriteLine("""score --in TEXTS.jsonl --out PREDICTIONS.jsonl   reads lines {"id","text"}, writes lines {"id","score","attack_score","is_secret","is_code","spans","ms"}""");
            return AskedWrongly;
        }
        try
        {
            return await ScoreAsync(from, to, output);
        }
        catch (Exception missing) when (missing is IOException or UnauthorizedAccessException)
        {
            output.WriteLine(missing.Message);
            return AskedWrongly;
        }
    }

    private static async Task<int> ScoreAsync(string from, string to, TextWriter output)
    {
        await using var services = new ServiceCollection().AddRisk().BuildServiceProvider();
        var scorer = services.GetRequiredService<RiskScorer>();
        List<Asked> texts = [];
        var number = 0;
        await foreach (var line in File.ReadLinesAsync(from))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line)) continue;
            if (Read(line) is not { } asked)
            {
                output.WriteLine($"{from}({number}): not an object with an id and a text.");
                return Failed;
            }
            texts.Add(asked);
        }
        services.GetRequiredService<Rehearsal>().Run(CancellationToken.None);
        for (var (at, read) = (0, 0L); texts.Count > 0 && at < WarmUpTexts && read < WarmUpLength; at++)
        {
            var asked = texts[(int)((long)at * texts.Count / WarmUpTexts)]; // from all over the file
            Assess(scorer, asked);
            read += asked.Text.Length;
        }

        await using var predictions = new StreamWriter(to);
        foreach (var asked in texts)
        {
            var start = Stopwatch.GetTimestamp();
            var risk = Assess(scorer, asked);
            await predictions.WriteLineAsync(JsonSerializer.Serialize(Told.Of(asked.Id, risk, Stopwatch.GetElapsedTime(start)), Wire));
        }
        output.WriteLine($"{texts.Count} texts scored by {RiskWeights.Version}.");
        return 0;
    }

    private static Asked? Read(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<Asked>(line, Wire) is { Id: not null, Text: not null } asked ? asked : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static RiskAssessment Assess(RiskScorer scorer, Asked asked) => scorer.AssessAll([new PromptPart("/text", "user", "text", asked.Text)]);

    private sealed record Asked(string Id, string Text);

    private sealed record ToldSpan(int Start, int End, string Type);

    private sealed record Told(string Id, int Score, double AttackScore, bool IsSecret, bool IsCode, IReadOnlyList<ToldSpan> Spans, double Ms)
    {
        public static Told Of(string id, RiskAssessment risk, TimeSpan took) => new(
            id, risk.Score, Math.Round(RiskWeights.Exact(risk.Findings.Where(finding => finding.Category == RiskCategory.Attack)), 4), Has(risk, RiskCategory.Secret), Has(risk, RiskCategory.Code),
            [.. risk.Findings.Select(finding => new ToldSpan(finding.Start, finding.End, finding.Type))], Math.Round(took.TotalMilliseconds, 4));

        private static bool Has(RiskAssessment risk, RiskCategory category) => risk.Findings.Any(finding => finding.Category == category && finding.Confidence >= RiskScorer.LeastConfidence);
    }
}
