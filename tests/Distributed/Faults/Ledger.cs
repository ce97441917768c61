using Contracts.Api;
using Distributed.Support;
using Npgsql;

namespace Distributed.Faults;

/// <summary>What the books say at the end, against what callers and the model saw.</summary>
internal sealed class Ledger
{
    public List<string> Lost { get; } = [];
    public List<string> Double { get; } = [];
    public List<string> Unrecorded { get; } = [];
    public int Released { get; private set; }
    public int Rejected { get; private set; }
    public int Retried { get; private set; }

    public bool IsClean => Lost.Count + Double.Count + Unrecorded.Count == 0;

    public static async Task<Ledger> CheckAsync(Cluster cluster, string token, IReadOnlyCollection<CallerStory> stories)
    {
        using var auditor = Cluster.Person(cluster.Gateways[0], token);
        await Eventually.TrueAsync(() => cluster.Gateways[0].AnswersAsync("/health/ready"), "the gateway is back");
        await SettledAsync(cluster);
        var attempts = await AttemptsAsync(cluster);
        var ledger = new Ledger();
        foreach (var story in stories) ledger.Check(story, await auditor.TrailAsync($"ticket={story.Ticket}"), cluster.Model.CallsOf(story.Prompt), attempts.GetValueOrDefault(story.Ticket ?? ""));
        foreach (var stranger in attempts.Keys.Except(stories.Select(story => story.Ticket))) ledger.Double.Add($"ticket {stranger} was opened, and no caller has it");
        return ledger;
    }

    private void Check(CallerStory story, IReadOnlyList<TrailEntryView> trail, int calls, int attempts)
    {
        var rejects = Reviewers.Rejects(story.Prompt);
        if (rejects) Rejected++;
        else Released++;
        if (attempts > 1) Retried++;
        int Count(string kind) => trail.Count(entry => entry.Kind == kind);
        string Say(string what) => $"prompt {story.Prompt} ({story.Ticket}, {story.Attempts} attempts): {what}";

        if (story.Answer != (rejects ? "approval_rejected" : CountingModel.AnswerTo(story.Prompt))) Lost.Add(Say($"its caller got '{story.Answer}'"));
        if (Count("decision") > 1) Double.Add(Say($"{Count("decision")} decisions"));
        if (Count("execution") > 1) Double.Add(Say($"{Count("execution")} executions"));
        if (rejects ? calls > 0 : calls > attempts) Double.Add(Say($"the model was called {calls} times in {attempts} recorded attempts"));
        if (Count("parked") != 1) Unrecorded.Add(Say($"{Count("parked")} entries 'parked'"));
        if (Count("decision") < 1) Unrecorded.Add(Say("no decision"));
        if (!rejects && Count("execution") < 1) Unrecorded.Add(Say("no execution"));
        if (Count(rejects ? "vote.reject" : "vote.approve") != 1) Unrecorded.Add(Say($"{Count("vote.approve")} yes, {Count("vote.reject")} no"));
        if (attempts > 1 && trail.FirstOrDefault(entry => entry.Kind == "execution") is { } execution && execution.Reason?.Contains($"Attempt {attempts}", StringComparison.Ordinal) != true)
            Unrecorded.Add(Say($"{attempts} attempts, and the trail speaks of '{execution.Reason}'"));
    }

    /// <summary>All that was told is written down: nothing waits in an outbox any more, and each review has heard what became of it.</summary>
    private static Task SettledAsync(Cluster cluster) => Eventually.TrueAsync(async () =>
    {
        await using var connection = new NpgsqlConnection(cluster.Database);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("""
            select (select count(*) from gateway."Outbox") + (select count(*) from approvals."Outbox")
                 + (select count(*) from approvals."Reviews" where "Status" in ('Pending', 'Approved', 'Releasing'))
                 + (select count(*) from approvals."Reviews") - (select count(*) from gateway."Trail" where "Kind" like 'vote.%')
            """, connection);
        return (long)(await command.ExecuteScalarAsync())! == 0; // a sum is never null
    }, "everything is told and settled");

    private static async Task<Dictionary<string, int>> AttemptsAsync(Cluster cluster)
    {
        var attempts = new Dictionary<string, int>();
        await using var connection = new NpgsqlConnection(cluster.Database);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("""select "Id", "Attempts" from gateway."Tickets" """, connection);
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync()) attempts[rows.GetString(0)] = rows.GetInt32(1);
        return attempts;
    }
}
