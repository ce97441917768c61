using System.Text.Json;
using Gateway.Risk.Attacks.Model;

namespace Training;

/// <summary>Labelled rows of others, read from a folder outside the repository.</summary>
internal static class Corpus
{
    public static List<Example> Read(string folder) =>
    [
        .. File.ReadLines(Path.Combine(folder, "injection.jsonl")).Where(line => line.Length > 0).Select(line =>
        {
            var row = JsonSerializer.Deserialize<Row>(line, JsonSerializerOptions.Web)!; // a line of a data set is an object
            return new Example { Id = row.Id, Family = row.Id, Text = row.Text, Kind = Enum.Parse<Kind>(row.Label, ignoreCase: true), Origin = row.Origin, License = row.License };
        }),
    ];

    /// <summary>Harmless texts of other sets, for measuring only.</summary>
    public static List<Example> ReadMeasuring(string folder) =>
    [
        .. new[] { "pii", "secrets", "code" }.Where(set => File.Exists(Path.Combine(folder, set + ".jsonl"))).SelectMany(set => File.ReadLines(Path.Combine(folder, set + ".jsonl")).Where(line => line.Length > 0).Select(line =>
        {
            var row = JsonSerializer.Deserialize<Row>(line, JsonSerializerOptions.Web)!; // as above
            return new Example { Id = row.Id, Family = row.Id, Text = row.Text, Kind = Kind.Benign, Origin = set + ".jsonl" };
        })),
    ];

    private sealed record Row(string Id, string Text, string Label = "benign", string Origin = "", string License = "");
}
