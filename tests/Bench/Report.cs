using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Bench;

/// <summary>What was measured: tables for people, ratios for the check, goals for both.</summary>
internal sealed class Report
{
    private static readonly JsonSerializerOptions Wire = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly List<ReportTable> tables = [];
    private readonly List<ReportGoal> goals = [];
    private readonly SortedDictionary<string, double> ratios = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, double> Ratios => ratios;

    public List<string> Machine { get; } = [];

    public void Table(string title, string[] columns, IEnumerable<string[]> rows, string? note = null)
    {
        var table = new ReportTable(title, columns, [.. rows], note);
        tables.Add(table);
        Console.WriteLine(Text(table));
    }

    /// <param name="value">Of the bare forwarder's speed: higher is better.</param>
    public void Ratio(string name, double value)
    {
        if (double.IsFinite(value)) ratios[name] = Math.Round(value, 4);
    }

    public void Goal(string what, string wanted, double measured, bool met, string unit = "") =>
        goals.Add(new(what, wanted, measured.ToString("0.###", CultureInfo.InvariantCulture) + unit, met));

    public void Write(string folder)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "latest.md"), Text());
        File.WriteAllText(Path.Combine(folder, "latest.json"), JsonSerializer.Serialize(new { machine = Machine, goals, ratios, tables }, Wire));
    }

    public string Text()
    {
        var text = new StringBuilder();
        foreach (var line in Machine) text.AppendLine(line).AppendLine();
        if (goals.Count > 0) text.AppendLine(Text(new("Goals", ["goal", "wanted", "measured", "met"], [.. goals.Select(goal => new[] { goal.What, goal.Wanted, goal.Measured, goal.Met ? "yes" : "**no**" })], null)));
        foreach (var table in tables) text.AppendLine(Text(table));
        return text.ToString();
    }

    private static string Text(ReportTable table)
    {
        var text = new StringBuilder($"### {table.Title}\n\n");
        text.Append("| ").AppendJoin(" | ", table.Columns).Append(" |\n|").Append(string.Concat(table.Columns.Select((_, i) => i == 0 ? "---|" : "---:|"))).Append('\n');
        foreach (var row in table.Rows) text.Append("| ").AppendJoin(" | ", row).Append(" |\n");
        if (table.Note is not null) text.Append('\n').Append(table.Note).Append('\n');
        return text.ToString();
    }
}

internal sealed record ReportTable(string Title, string[] Columns, string[][] Rows, string? Note);

internal sealed record ReportGoal(string What, string Wanted, string Measured, bool Met);

internal static class Shown
{
    public static string Ms(this double value) => value.ToString(value < 10 ? "0.00" : "0.0", CultureInfo.InvariantCulture);

    public static string Whole(this double value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    public static string Share(this double value) => value.ToString("0.00", CultureInfo.InvariantCulture);

    public static string Percent(this double value) => value.ToString("0 %", CultureInfo.InvariantCulture);

    public static string Megabytes(this long bytes) => (bytes / 1e6).ToString("0.0", CultureInfo.InvariantCulture) + " MB";
}
