using Approvals.Engines;
using Approvals.Tests.Support;
using Approvals.Workflow;
using Contracts;
using Contracts.Messages;
using Microsoft.Extensions.DependencyInjection;
using Tests.Servers;

namespace Approvals.Tests.Engines;

/// <summary>
/// What every engine promises, on the machine's own clock: the same facts, whoever keeps the time. Each review is decided by
/// its row; an engine can only be late, never wrong.
/// </summary>
public abstract class EngineConformance : IAsyncLifetime
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private readonly TempStore file = new();
    private readonly List<ApprovalsHost> hosts = [];
    private TestDatabase database = null!; // set before every test

    /// <summary>As the settings name it.</summary>
    protected abstract string Engine { get; }

    /// <summary>How many of them share the database in a race.</summary>
    protected virtual int Racing => 1;

    internal ApprovalsHost Host => hosts[0];

    internal ApprovalsHost Last => hosts[^1];

    protected virtual Task<TestDatabase> DatabaseAsync() => Task.FromResult(new TestDatabase("Sqlite", file.ConnectionString));

    /// <summary>How much the engine keeps of a review that could still act on it.</summary>
    internal virtual Task<int> LeftBehindAsync(string id) => Task.FromResult(0);

    public async ValueTask InitializeAsync()
    {
        database = await DatabaseAsync();
        await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        file.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_deadline_expires_a_review_once()
    {
        var first = await ParkAsync(Second);
        var later = await ParkAsync(3 * Second);

        await DecidedAsync(later);

        var decided = Assert.Single(Host.Heard.All<ReviewDecided>(), message => message.TicketId == first.TicketId);
        Assert.Equal((ApprovalStatus.Expired, 0), (decided.Outcome, decided.DecidedBy.Count));
        Assert.True(decided.DecidedAt - first.ParkedAt >= Second);
    }

    [Fact]
    public async Task Silence_calls_the_next_stage_and_then_expires()
    {
        var prompt = await ParkAsync(Stage(Second, OnDeadline.NextStage), Stage(Second));

        await Host.Heard.WaitAsync<ReviewChanged>(change => change.Review.Id == prompt.TicketId && change.Review is { Stage: 1, Status: ApprovalStatus.Pending });
        Assert.DoesNotContain(Host.Heard.All<ReviewDecided>(), message => message.TicketId == prompt.TicketId);

        var decided = await DecidedAsync(prompt);
        Assert.Equal(ApprovalStatus.Expired, decided.Outcome);
        Assert.True(decided.DecidedAt - prompt.ParkedAt >= 2 * Second);
    }

    [Fact]
    public async Task An_undo_window_ends_in_a_release()
    {
        var prompt = await ParkAsync(Given.Prompt(undoSeconds: 4, at: Now));
        await VoteAsync(prompt, "ann");
        var held = await Host.ReviewAsync(prompt.TicketId);
        Assert.Equal((ApprovalStatus.Approved, false), (held.Status, Host.Heard.All<ReviewDecided>().Any()));

        var decided = await DecidedAsync(prompt);

        Assert.Equal(ApprovalStatus.Releasing, decided.Outcome);
        Assert.True(Now >= held.DueAt);
    }

    [Fact]
    public async Task Broken_glass_is_held_for_the_undo_window_like_any_yes()
    {
        var prompt = await ParkAsync(Given.Prompt(stages: [Given.Stage(people: 3)], undoSeconds: 2, at: Now));
        await Host.Desk.BreakGlassAsync(prompt.TicketId, Given.Emergency(), Given.Glass(), Stop);
        var held = await Host.ReviewAsync(prompt.TicketId);
        Assert.Equal(ApprovalStatus.Approved, held.Status);

        var decided = await DecidedAsync(prompt);

        Assert.Equal((ApprovalStatus.Releasing, "eve"), (decided.Outcome, Assert.Single(decided.DecidedBy).Subject));
        Assert.True(Now >= held.DueAt);
    }

    [Fact]
    public async Task A_vote_at_the_very_instant_of_expiry_gives_exactly_one_outcome()
    {
        while (hosts.Count < Racing) await StartAsync();
        var outcomes = new List<ApprovalStatus>();
        for (var round = 0; round < 25; round++) outcomes.Add(await RaceAsync(round));

        TestContext.Current.TestOutputHelper?.WriteLine(string.Join(", ", outcomes.CountBy(outcome => outcome).Select(many => $"{many.Value} {many.Key}")));
    }

    private async Task<ApprovalStatus> RaceAsync(int round)
    {
        var prompt = Given.Prompt(stages: [Stage(Second / 2)], at: Now);
        await Host.Desk.OpenAsync(prompt, Stop);
        // Deeds queue up for a moment: to meet the instant, some set out before it.
        var instant = prompt.ParkedAt + Second / 2;
        var votesAt = instant - TimeSpan.FromMilliseconds(round % 5 * 8 - 4);

        var follows = Enumerable.Range(0, 3).Select(i => AtAsync(instant, () => FollowAsync(hosts[i % hosts.Count], prompt.TicketId, instant))).ToList();
        var votes = Enumerable.Range(0, 3).Select(i => AtAsync(votesAt, async () =>
            (await hosts[i % hosts.Count].Desk.VoteAsync(prompt.TicketId, Given.Person($"person-{i}"), i == 0 ? Given.No() : Given.Yes(), Stop)).Answer)).ToList();
        await Task.WhenAll(follows);
        var answers = await Task.WhenAll(votes);

        await Eventually.Async(async () => (await Host.ReviewAsync(prompt.TicketId)).Status.IsDecided());
        await Eventually.Async(() => Task.FromResult(hosts.Any(host => DecisionsOf(host, prompt).Any())));
        await Eventually.Async(async () => await LeftBehindAsync(prompt.TicketId) == 0);
        var review = await Host.ReviewAsync(prompt.TicketId);
        var decided = Assert.Single(hosts.SelectMany(host => DecisionsOf(host, prompt)).DistinctBy(message => (message.Outcome, message.DecidedAt)));
        Assert.Equal(review.Status, decided.Outcome);
        Assert.Equal(review.Status == ApprovalStatus.Expired ? 0 : 1, answers.Count(answer => answer == ReviewAnswer.Accepted));
        Assert.All(answers, answer => Assert.True(answer is ReviewAnswer.Accepted or ReviewAnswer.Decided, $"{answer}"));
        return review.Status;
    }

    [Fact]
    public async Task Due_times_survive_a_restart_also_those_that_fell_due_while_nothing_ran()
    {
        var overdue = await ParkAsync(Second);
        var coming = await ParkAsync(12 * Second);
        await StopAsync();
        await AtAsync(overdue.ParkedAt + 2 * Second, () => Task.FromResult(true));

        await StartAsync();

        Assert.Equal(ApprovalStatus.Expired, (await DecidedAsync(overdue)).Outcome);
        Assert.Equal(ApprovalStatus.Pending, (await Host.ReviewAsync(coming.TicketId)).Status);
        Assert.Equal(ApprovalStatus.Expired, (await DecidedAsync(coming)).Outcome);
    }

    [Fact]
    public async Task A_deadline_far_away_neither_throws_nor_fires_early()
    {
        var far = await ParkAsync(TimeSpan.FromDays(60));
        var near = await ParkAsync(2 * Second);

        await DecidedAsync(near);

        var review = await Host.ReviewAsync(far.TicketId);
        Assert.Equal((ApprovalStatus.Pending, 60), (review.Status, (review.DueAt - review.OpenedAt)?.Days));
        await VoteAsync(far, "ann");
        Assert.Equal(ApprovalStatus.Releasing, (await DecidedAsync(far)).Outcome);
    }

    [Fact]
    public async Task Following_twice_late_or_out_of_order_changes_nothing()
    {
        var prompt = await ParkAsync(8 * Second);
        var due = prompt.ParkedAt + 8 * Second;
        foreach (var told in new DateTimeOffset?[] { due, due, Now, null, due.AddHours(1), due.AddDays(-1), due })
        {
            await FollowAsync(Host, prompt.TicketId, told);
            Assert.Equal(ApprovalStatus.Pending, (await Host.ReviewAsync(prompt.TicketId)).Status);
        }
        await FollowAsync(Host, "apr_nobody_knows", due);

        var decided = await DecidedAsync(prompt);
        Assert.True(decided.DecidedAt >= due);
        await FollowAsync(Host, prompt.TicketId, due);
        await FollowAsync(Host, prompt.TicketId, Now.AddDays(1));

        Assert.Equal(0, await LeftBehindAsync(prompt.TicketId));
        Assert.Single(DecisionsOf(Host, prompt));
    }

    [Fact]
    public async Task A_decided_review_leaves_nothing_behind_that_could_fire()
    {
        var prompt = await ParkAsync(4 * Second);
        await VoteAsync(prompt, "ann");
        Assert.Equal(ApprovalStatus.Releasing, (await DecidedAsync(prompt)).Outcome);
        await Eventually.Async(async () => await LeftBehindAsync(prompt.TicketId) == 0);

        await DecidedAsync(await ParkAsync(5 * Second));

        Assert.Single(DecisionsOf(Host, prompt));
        Assert.Equal(ApprovalStatus.Releasing, (await Host.ReviewAsync(prompt.TicketId)).Status);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    internal static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    internal static ReviewStage Stage(TimeSpan deadline, OnDeadline then = OnDeadline.Reject) => new(["reviewers"], 1, deadline, then);

    internal Task<PromptParked> ParkAsync(TimeSpan deadline) => ParkAsync(Stage(deadline));

    internal Task<PromptParked> ParkAsync(params ReviewStage[] stages) => ParkAsync(Given.Prompt(stages: stages, at: Now));

    private Task<PromptParked> ParkAsync(PromptParked prompt) => Host.ParkAsync(prompt);

    internal async Task<ReviewDecided> DecidedAsync(PromptParked prompt) => Assert.Single(await Host.Heard.WaitAsync<ReviewDecided>(message => message.TicketId == prompt.TicketId));

    internal async Task StartAsync(string? engine = null) => hosts.Add(await ApprovalsHost.StartAsync(database.Settings("Approvals:Storage").Append(new("Workflow:Engine", engine ?? Engine))));

    /// <summary>Stops the first, as an orchestrator would; the others run on.</summary>
    internal async Task StopFirstAsync()
    {
        await Host.DisposeAsync();
        hosts.RemoveAt(0);
    }

    internal async Task StopAsync()
    {
        while (hosts.Count > 0) await StopFirstAsync();
    }

    internal async Task VoteAsync(PromptParked prompt, string person) =>
        Assert.Equal(ReviewAnswer.Accepted, (await Host.Desk.VoteAsync(prompt.TicketId, Given.Person(person), Given.Yes(), Stop)).Answer);

    private static IEnumerable<ReviewDecided> DecisionsOf(ApprovalsHost host, PromptParked prompt) => host.Heard.All<ReviewDecided>().Where(message => message.TicketId == prompt.TicketId);

    /// <summary>The built-in engine is told nothing: it looks at rows, whenever it likes.</summary>
    private static async Task<bool> FollowAsync(ApprovalsHost host, string id, DateTimeOffset? dueAt)
    {
        if (host.Services.GetService<IReviewEngine>() is { } engine) await engine.FollowAsync(id, dueAt, Stop);
        else await host.Desk.ElapseAsync(id, Stop);
        return true;
    }

    private static async Task<T> AtAsync<T>(DateTimeOffset instant, Func<Task<T>> deed)
    {
        var wait = instant - Now;
        if (wait > TimeSpan.Zero) await Task.Delay(wait, TimeProvider.System, Stop);
        return await deed();
    }
}
