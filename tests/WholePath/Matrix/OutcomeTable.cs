using System.Globalization;
using System.Text;
using WholePath.Support;

namespace WholePath.Matrix;

/// <summary>The matrix as people read it. What docs keep is what every run must show again; a run's own table adds what was counted and timed.</summary>
internal static class OutcomeTable
{
    private static readonly Dictionary<Situation, (string Title, string Told)> Situations = new()
    {
        [Situation.DecidedInsideTheHold] = ("Released inside the hold", "A person releases the prompt while the gateway still withholds the headers."),
        [Situation.DecidedAfterTheHold] = ("Released after the hold", "The hold has ended: a plain call got 408 and its retry joins the ticket; a stream is open and kept alive by comments."),
        [Situation.DecidedAfterTheClientsTimeout] = ("Released after the client hung up", "The client's own time-out is shorter than the hold, so it hangs up before any header; its retry joins the ticket. How many requests that takes depends on the time-out. Clients that tell their time-out (all but OpenAI .NET) are answered 408 before it, unless it is under a second, as here."),
        [Situation.RejectedBeforeHeaders] = ("Rejected before the headers", "A true 403, for streams within `Parking:StreamGrace`. Never retried."),
        [Situation.RejectedLater] = ("Rejected after the hold, or in an open stream", "The retry of a plain call gets the 403; an open stream says no in the provider's own form."),
        [Situation.Expired] = ("Expired", "Nobody decided until the deadline. Plain calls were still held, streams were open."),
        [Situation.NeverDecided] = ("Never decided while the client had patience", "The client's retries run out, or `Parking:LongestStream` ends the stream. The ticket waits on: sending the same call again joins it."),
        [Situation.UpstreamFailed] = ("Released, but the upstream failed", "The upstream answered 500: passed on to a plain call, told inside an open stream. OpenAI .NET retries a 500 although told not to, and gets the stored failure again; the model is not asked twice."),
        [Situation.KilledAndRepeated] = ("Client killed, call repeated later", "The client's process is killed while it waits, the prompt released, and the same call made again by a new process."),
    };

    private static readonly Dictionary<Way, string> Ways = new()
    {
        [Way.Whole] = "plain", [Way.Stream] = "streamed", [Way.ToolCall] = "tool call", [Way.StreamedToolCall] = "streamed tool call",
        [Way.Responses] = "Responses", [Way.StreamedResponses] = "streamed Responses",
    };

    public static string InDocs { get; } = Path.Combine(Product.Metadata("Root"), "docs", "client-matrix.md");

    /// <summary>Set APPROVALS_WRITE_DOCS=1 to write docs from this run, and read the difference before committing it.</summary>
    public static bool WritesDocs => Environment.GetEnvironmentVariable("APPROVALS_WRITE_DOCS") == "1";

    public static string Of(IReadOnlyDictionary<Cell, Observation> results) => Table(results, seen => $"{seen.Sees} · {Range(seen.Cell)}", """
        # What unmodified clients see while people decide

        Each cell is what an application gets from its client, and how many requests the client makes for that one call:
        `answer · 2` is an answer after two requests. In every cell there is exactly one review, and exactly one execution by
        the model if the prompt was released, none if it was not. Whatever the gateway says about a parked prompt names its ticket.

        `refusal, …` stands in the answer itself (OpenAI chat: `delta.refusal` and `finish_reason`; Responses: `response.failed`),
        with the code that an application can look for; everything with a type's name is an exception with its status and code.

        The test suite makes these calls with the vendors' clients, their default retries and shortened clocks, and fails when
        this page is wrong; `APPROVALS_WRITE_DOCS=1` writes it anew. Python's clients cannot run there: the rules they depend on
        are held by tests that read the wire.


        """);

    /// <summary>For the end of a test run: the same with this run's own counts.</summary>
    public static async Task KeepRunAsync(IReadOnlyDictionary<Cell, Observation> results, TimeSpan took)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Product.Metadata("Root"), "tests", "WholePath", "TestResults")).FullName;
        var table = Table(results, seen => $"{seen.Sees} · {seen.Posts} POST, {seen.Executions} run", $"# Client matrix: {results.Count} cells in {took.TotalSeconds:0} s\n\n");
        await File.WriteAllTextAsync(Path.Combine(folder, "client-matrix.md"), table);
    }

    private static string Table(IReadOnlyDictionary<Cell, Observation> results, Func<Observation, string> words, string head)
    {
        var table = new StringBuilder(head);
        foreach (var (situation, (title, told)) in Situations)
        {
            table.Append(CultureInfo.InvariantCulture, $"## {title}\n\n{told}\n\n| | {string.Join(" | ", Cell.Clients.Values)} |\n|---|{string.Concat(Cell.Clients.Select(_ => "---|"))}\n");
            foreach (var (way, name) in Ways)
            {
                var cells = Cell.Clients.Keys.Select(client => results.TryGetValue(new Cell(client, way, situation), out var seen) ? words(seen) : "–");
                table.Append(CultureInfo.InvariantCulture, $"| {name} | {string.Join(" | ", cells)} |\n");
            }
            table.Append('\n');
        }
        return table.ToString().TrimEnd('\n') + "\n";
    }

    private static string Range(Cell cell)
    {
        var (least, most) = ClientMatrix_Tests.Posts(cell);
        return least == most ? least.ToString(CultureInfo.InvariantCulture) : $"{least}–{most}";
    }
}
