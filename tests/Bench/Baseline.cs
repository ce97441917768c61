using System.Text.Json;

namespace Bench;

/// <summary>Ratios of an earlier run. Times of another machine say little; what a gateway costs beside a bare forwarder says something on any.</summary>
internal static class Baseline
{
    /// <summary>Of a ratio that may be lost before it is called slower: a shared machine's rounds differ by so much.</summary>
    public const double Tolerance = 0.25;

    private static readonly JsonSerializerOptions Wire = new() { WriteIndented = true };

    private static string File => Path.Combine(Servers.Metadata("Root"), "tests/Bench/baseline.json");

    /// <summary>Ratios that were not measured now stay as they are.</summary>
    public static void Replace(IReadOnlyDictionary<string, double> ratios)
    {
        var all = new SortedDictionary<string, double>(Read(), StringComparer.Ordinal);
        foreach (var (name, ratio) in ratios) all[name] = ratio;
        System.IO.File.WriteAllText(File, JsonSerializer.Serialize(all, Wire) + "\n");
    }

    /// <returns>Whether none of them is worse than it was.</returns>
    public static bool Check(Report report)
    {
        var before = Read();
        var rows = report.Ratios.Where(ratio => before.ContainsKey(ratio.Key)).Select(ratio => (ratio.Key, Before: before[ratio.Key], Now: ratio.Value)).ToList();
        if (rows.Count == 0) return true;
        report.Table("Against the baseline", ["of the bare forwarder's speed", "baseline", "now", ""],
            rows.Select(row => new[] { row.Key, row.Before.Share(), row.Now.Share(), IsWorse(row.Before, row.Now) ? "**slower**" : IsWorse(row.Now, row.Before) ? "faster" : "" }),
            $"Slower: more than {Tolerance.Percent()} of the ratio are gone.");
        return !rows.Any(row => IsWorse(row.Before, row.Now));
    }

    private static bool IsWorse(double before, double now) => now < before * (1 - Tolerance);

    private static Dictionary<string, double> Read() =>
        System.IO.File.Exists(File) ? JsonSerializer.Deserialize<Dictionary<string, double>>(System.IO.File.ReadAllText(File)) ?? [] : [];
}
