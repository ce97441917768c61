using System.Text.Json;

namespace Training;

/// <summary>Labelled rows of others, read from a folder outside the repository.</summary>
internal static class Corpus
{
    /// <param name="without">Rows that a test wants to be judged by weights that never saw them.</param>
    public static List<Example> Read(string folder, IReadOnlySet<string> without) =>
    [
        .. Rows(Path.Combine(folder, "injection.jsonl")).Where(row => !without.Contains(row.Id)).Select(row =>
            new Example { Id = row.Id, Family = row.Id, Text = row.Text, Kind = Enum.Parse<Kind>(row.Label, ignoreCase: true), Origin = row.Origin, License = row.License }),
    ];

    /// <summary>Harmless texts of other sets, for measuring only.</summary>
    public static List<Example> ReadMeasuring(string folder) =>
    [
        .. new[] { "pii.jsonl", "secrets.jsonl", "code.jsonl" }.Where(set => File.Exists(Path.Combine(folder, set))).SelectMany(set => Rows(Path.Combine(folder, set)).Select(row =>
            new Example { Id = row.Id, Family = row.Id, Text = row.Text, Kind = Kind.Benign, Origin = set })),
    ];

    public static IReadOnlySet<string> Ids(string file) => Rows(file).Select(row => row.Id).ToHashSet();

    private static IEnumerable<Row> Rows(string file) =>
        File.ReadLines(file).Where(line => line.Length > 0).Select(line => JsonSerializer.Deserialize<Row>(line, JsonSerializerOptions.Web)!); // a line of a data set is an object

    private sealed record Row(string Id, string Text, string Label = "benign", string Origin = "", string License = "");
}
