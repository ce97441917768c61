using WholePath.Support;

namespace WholePath.Matrix;

/// <summary>Alone on the machine: the clients' own time-outs run, and a browser beside them would make some of them lapse.</summary>
[CollectionDefinition(nameof(ClientMatrix), DisableParallelization = true)]
public sealed class AloneOnTheMachine;

/// <summary>Five unmodified clients against WAIT-OR-POLL's contract: what the application sees, and what it costs.</summary>
[Collection(nameof(ClientMatrix))]
public sealed class ClientMatrix_Tests(ClientMatrix matrix)
{
    public static TheoryData<string, Way, Situation> Cells
    {
        get
        {
            var data = new TheoryData<string, Way, Situation>();
            foreach (var cell in Cell.All) data.Add(cell.Client, cell.Way, cell.Situation);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public async Task The_application_sees_the_answer_or_why_there_is_none(string client, Way way, Situation situation)
    {
        var seen = await ResultAsync(new Cell(client, way, situation));

        Assert.True(seen.Reply is not null, seen.ToString());
        if (CodeOf(seen.Cell) is { } code)
        {
            Assert.True(seen.Sees.Contains($"`{code}`", StringComparison.Ordinal), seen.ToString());
            Assert.True(Words(seen).Contains(TellsTicket(seen.Cell) ? seen.Ticket! : ScriptedModel.Failure, StringComparison.Ordinal), seen.ToString());
            if (situation is Situation.RejectedBeforeHeaders or Situation.RejectedLater) Assert.Contains(Observation.Reason, Words(seen), StringComparison.Ordinal);
        }
        else
        {
            Assert.True(seen.Sees == (seen.Cell.CallsTool ? "tool call" : "answer"), seen.ToString());
        }
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public async Task One_call_is_one_review_and_one_execution_however_often_it_is_sent(string client, Way way, Situation situation)
    {
        var seen = await ResultAsync(new Cell(client, way, situation));

        Assert.True(seen.Reviews == 1, seen.ToString());
        Assert.True(seen.Executions == (IsReleased(situation) ? 1 : 0), seen.ToString());
        var (least, most) = Posts(seen.Cell);
        // Where the vote takes longer than the second hold, on a busy machine, the client asks once more, and rightly.
        if (situation is Situation.DecidedAfterTheHold or Situation.RejectedLater) most++;
        Assert.True(seen.Posts >= least && seen.Posts <= most, seen.ToString());
        // A client that hangs up may do so before its request has joined.
        Assert.True(situation == Situation.DecidedAfterTheClientsTimeout ? seen.Joins < seen.Posts : seen.Joins == seen.Posts - 1, seen.ToString());
    }

    [Fact]
    public async Task Nobody_is_redirected_or_told_202_without_having_asked_for_it()
    {
        var results = await matrix.ResultsAsync();

        Assert.All(results.Values, seen => Assert.All(seen.Traffic.Statuses, status => Assert.True(status is 200 or >= 400, seen.ToString())));
    }

    [Fact]
    public async Task The_table_in_docs_tells_the_truth()
    {
        var results = await matrix.ResultsAsync();
        var table = OutcomeTable.Of(results);
        await OutcomeTable.KeepRunAsync(results, matrix.Took);

        if (OutcomeTable.WritesDocs) await File.WriteAllTextAsync(OutcomeTable.InDocs, table);
        var docs = await File.ReadAllTextAsync(OutcomeTable.InDocs);
        Assert.True(docs == table, $"docs/client-matrix.md says otherwise than what was seen:\n{string.Join('\n', table.Split('\n').Except(docs.Split('\n')))}");
    }

    private async Task<Observation> ResultAsync(Cell cell) => (await matrix.ResultsAsync())[cell];

    private static bool IsReleased(Situation situation) =>
        situation is not (Situation.RejectedBeforeHeaders or Situation.RejectedLater or Situation.Expired or Situation.NeverDecided);

    /// <summary>The code an application finds in the exception or in the stream; null where there is an answer.</summary>
    private static string? CodeOf(Cell cell) => cell.Situation switch
    {
        Situation.RejectedBeforeHeaders or Situation.RejectedLater => "approval_rejected",
        Situation.Expired => "approval_expired",
        Situation.NeverDecided => "approval_pending",
        Situation.UpstreamFailed => cell.Streams ? "upstream_not_streaming" : ScriptedModel.FailureCode,
        _ => null,
    };

    /// <summary>An upstream's own error passes through as it is; all that the gateway says names the ticket.</summary>
    private static bool TellsTicket(Cell cell) => cell.Situation != Situation.UpstreamFailed || cell.Streams;

    private static string Words(Observation seen) => seen.Reply!.Message ?? seen.Reply.Refusal ?? "";

    /// <summary>Requests a call may take: one, and one more for each time the client has to ask again.</summary>
    internal static (int Least, int Most) Posts(Cell cell)
    {
        var all = cell.Client == "openai-net" ? 4 : 3; // with its own retries
        return cell.Situation switch
        {
            Situation.DecidedAfterTheClientsTimeout => (2, all),
            Situation.DecidedAfterTheHold or Situation.RejectedLater when !cell.Streams => (2, 2),
            Situation.NeverDecided when !cell.Streams => (all, all),
            // It does not heed x-should-retry on a 500; its retries get the stored failure.
            Situation.UpstreamFailed when !cell.Streams && cell.Client == "openai-net" => (all, all),
            Situation.KilledAndRepeated => (2, 2),
            _ => (1, 1),
        };
    }
}
