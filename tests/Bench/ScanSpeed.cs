using System.Diagnostics;
using System.Text;
using Contracts;
using Gateway.Risk;
using Hostile;
using Microsoft.Extensions.DependencyInjection;

namespace Bench;

/// <summary>The full scan of one text on one core, in this process.</summary>
internal sealed class ScanSpeed(BenchOptions options, Report report)
{
    private const int Length = 256 * 1024;
    private const int LeastPasses = 5;

    private static IEnumerable<(string Name, string Text)> HostileTexts()
    {
        foreach (var (name, piece) in new[]
        {
            ("one letter", "a"), ("digits and spaces", "1234 5678 "), ("at signs", "a@"), ("dots", "a.b."), ("half key blocks", "-----BEGIN PRIVATE KEY-----"), ("passwords without end", "password="), ("prefixes of keys", "sk-ghp_AKIAeyJ"),
            ("base64", "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVo0NTY3ODk5"), ("percent signs", "%25%41"), ("zero width", "a\u200Bb"), ("Cyrillic look-alikes", "раssword "), ("names", "John Smith, "), ("addresses", "https://a.example/?b=c&"), ("IBAN beginnings", "DE89 3704 "),
        }) yield return (name, Repeated(piece));
        yield return ("texts against reviewers", Repeated(string.Join('\n', HostilePrompts.All.Take(400).Select(prompt => prompt.Text.Length > 2_000 ? prompt.Text[..2_000] : prompt.Text))));
    }

    public void Run()
    {
        using var services = new ServiceCollection().AddRisk().BuildServiceProvider();
        var scorer = services.GetRequiredService<RiskScorer>();
        services.GetRequiredService<Rehearsal>().Run(CancellationToken.None);
        Speed(scorer, Prompts.Sized(Length, 2), 2); // the compiler comes back to a method several times
        var hostile = HostileTexts().Select(text => (text.Name, Speed: Speed(scorer, text.Text, options.Full ? 2 : 0.3))).OrderBy(text => text.Speed).ToList();
        var clean = Speed(scorer, Prompts.Sized(Length, 1), options.Full ? 10 : 4);
        report.Table("Scan on one core, MB/s", ["text of 256 kB", "MB/s"], [["clean English", clean.Ms()], .. hostile.Select(text => new[] { text.Name, text.Speed.Ms() })]);
        report.Goal("scan of clean text", "≥ 60 MB/s", clean, clean >= 60, " MB/s");
        report.Goal($"scan of hostile text, slowest ({hostile[0].Name})", "≥ 10 MB/s", hostile[0].Speed, hostile[0].Speed >= 10, " MB/s");
    }

    private static double Speed(RiskScorer scorer, string text, double seconds)
    {
        PromptPart[] parts = [new("/messages/0/content", "user", "text", text)];
        var bytes = Encoding.UTF8.GetByteCount(text);
        var (best, passes) = (0.0, 0); // of several passes: what else runs on the machine makes it slower, nothing makes it faster
        var started = Stopwatch.GetTimestamp();
        do
        {
            var began = Stopwatch.GetTimestamp();
            scorer.Assess(parts);
            best = Math.Max(best, bytes / Stopwatch.GetElapsedTime(began).TotalSeconds / 1e6);
        }
        while (++passes < LeastPasses || Stopwatch.GetElapsedTime(started).TotalSeconds < seconds);
        return best;
    }

    private static string Repeated(string piece) => string.Concat(Enumerable.Repeat(piece, (Length / piece.Length) + 1))[..Length];
}
