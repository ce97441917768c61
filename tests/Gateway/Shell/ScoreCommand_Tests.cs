using System.Text.Json;
using Gateway.Shell;

namespace Gateway.Tests.Shell;

public sealed class ScoreCommand_Tests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("score-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    /// <summary>Cases of Presidio's own recogniser tests (MIT), one found and one spared of each kind.</summary>
    [Fact]
    public async Task Of_the_sample_at_least_95_in_100_identifiers_are_judged_right()
    {
        var sample = Path.Combine(AppContext.BaseDirectory, "Shell", "identifiers.jsonl");
        var predictions = (await ScoredAsync(sample)).ToDictionary(p => p.GetProperty("id").GetString()!);
        var cases = File.ReadLines(sample).Select(line => JsonDocument.Parse(line).RootElement).ToList();

        var wrong = cases.Where(c => IsFound(predictions[c.GetProperty("id").GetString()!], c.GetProperty("type").GetString()!) != c.GetProperty("expected").GetBoolean())
            .Select(c => $"{c.GetProperty("type")}: {c.GetProperty("text")}").ToList();

        Assert.True(wrong.Count <= 0.05 * cases.Count, string.Join('\n', wrong));
    }

    [Fact]
    public async Task Lines_come_back_in_order_with_offsets_of_utf16()
    {
        var texts = Path.Combine(folder, "in.jsonl");
        await File.WriteAllLinesAsync(texts, ["""{"id":"a","task":"pii","text":"😀 mail ann.lee@mail.example.org"}""", "", """{"id":"b","text":"def add(a, b):\n    total = a + b\n    return total"}"""], TestContext.Current.CancellationToken);

        var scored = await ScoredAsync(texts);

        Assert.Equal(["a", "b"], scored.Select(p => p.GetProperty("id").GetString()));
        var span = Assert.Single(scored[0].GetProperty("spans").EnumerateArray(), s => s.GetProperty("type").GetString() == "EMAIL_ADDRESS");
        Assert.Equal((8, 32), (span.GetProperty("start").GetInt32(), span.GetProperty("end").GetInt32()));
        Assert.Equal((false, true), (scored[0].GetProperty("is_code").GetBoolean(), scored[1].GetProperty("is_code").GetBoolean()));
        Assert.All(scored, p => Assert.True(p.GetProperty("ms").GetDouble() > 0 && p.GetProperty("attack_score").GetDouble() >= 0 && !p.GetProperty("is_secret").GetBoolean()));
    }

    [Fact]
    public async Task A_line_that_is_no_text_is_named_and_nothing_is_written()
    {
        var (texts, predictions) = (Path.Combine(folder, "in.jsonl"), Path.Combine(folder, "out.jsonl"));
        await File.WriteAllLinesAsync(texts, ["""{"id":"a","text":"x"}""", """{"id":"b"}"""], TestContext.Current.CancellationToken);
        var said = new StringWriter();

        Assert.Equal(1, await ScoreCommand.RunAsync(["--in", texts, "--out", predictions], said));

        Assert.Contains("in.jsonl(2)", said.ToString(), StringComparison.Ordinal);
        Assert.False(File.Exists(predictions));
    }

    [Fact]
    public async Task Asked_wrongly_it_says_how_to_ask()
    {
        var said = new StringWriter();

        Assert.Equal(2, await ScoreCommand.RunAsync(["--in", "x"], said));
        Assert.Equal(2, await ScoreCommand.RunAsync(["--in", Path.Combine(folder, "absent"), "--out", Path.Combine(folder, "out")], said));

        Assert.Contains("--out", said.ToString(), StringComparison.Ordinal);
    }

    private async Task<List<JsonElement>> ScoredAsync(string texts)
    {
        var predictions = Path.Combine(folder, "out.jsonl");
        Assert.Equal(0, await ScoreCommand.RunAsync(["--in", texts, "--out", predictions], TextWriter.Null));
        return [.. File.ReadLines(predictions).Select(line => JsonDocument.Parse(line).RootElement)];
    }

    private static bool IsFound(JsonElement prediction, string type) =>
        prediction.GetProperty("spans").EnumerateArray().Any(span => span.GetProperty("type").GetString() == type);
}
