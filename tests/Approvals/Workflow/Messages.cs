using Approvals.Tests.Support;
using Contracts;
using Contracts.Messages;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Tests.Workflow;

public sealed class Messages : IAsyncLifetime
{
    private readonly TempStore file = new();
    private ApprovalsHost host = null!; // set before every test

    public async ValueTask InitializeAsync() => host = await ApprovalsHost.StartAsync(file);

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        file.Dispose();
    }

    private Task<IReadOnlyList<ReviewDecided>> DecidedAsync(string id, int times = 1) =>
        host.Heard.WaitAsync<ReviewDecided>(message => message.TicketId == id, times);

    [Fact]
    public async Task A_parked_prompt_that_comes_again_after_its_decision_gets_the_same_decision_again()
    {
        var prompt = await host.ParkAsync();
        await host.As("ann").VoteAsync(prompt.TicketId, Given.No());
        await DecidedAsync(prompt.TicketId);

        await host.PublishAsync(prompt);

        var decided = await DecidedAsync(prompt.TicketId, 2);
        Assert.Equal((decided[0].Outcome, decided[0].DecidedAt, decided[0].Reason), (decided[1].Outcome, decided[1].DecidedAt, decided[1].Reason));
        Assert.Equal("vote.reject", Assert.Single(decided[0].Acts).Action);
        Assert.Equal(decided[0].Acts, decided[1].Acts); // by the same id, so that the trail knows it
    }

    [Fact]
    public async Task What_decided_is_told_with_the_decision_and_a_vote_before_it_at_once_and_again()
    {
        var prompt = await host.ParkAsync(Given.Prompt(stages: [Given.Stage(people: 2)]));
        await host.As("ann").VoteAsync(prompt.TicketId, Given.Yes());
        var first = Assert.Single(await host.Heard.WaitAsync<PersonActed>(act => act.TicketId == prompt.TicketId));

        await host.As("ben").VoteAsync(prompt.TicketId, Given.Yes());

        var acts = Assert.Single(await DecidedAsync(prompt.TicketId)).Acts;
        Assert.Equal(["ann", "ben"], acts.Select(act => act.Person.Subject));
        Assert.Equal(first.ActionId, acts[0].ActionId);
        Assert.NotEqual(acts[0].ActionId, acts[1].ActionId);
    }

    [Fact]
    public async Task A_parked_prompt_that_comes_again_while_people_decide_changes_nothing()
    {
        var prompt = await host.ParkAsync(Given.Prompt(stages: [Given.Stage(people: 2)]));
        await host.As("ann").VoteAsync(prompt.TicketId, Given.Yes());
        var before = await host.ReviewAsync(prompt.TicketId);

        await host.Desk.OpenAsync(prompt, TestContext.Current.CancellationToken);

        var after = await host.ReviewAsync(prompt.TicketId);
        Assert.Equal((before.Version, before.Sequence, 1), (after.Version, after.Sequence, after.Votes.Count));
    }

    [Fact]
    public async Task A_caller_who_takes_the_prompt_back_is_answered_with_cancelled()
    {
        var prompt = await host.ParkAsync();

        await host.PublishAsync(new CancelReview(prompt.TicketId, "carol", Given.Start));

        Assert.Equal(ApprovalStatus.Cancelled, Assert.Single(await DecidedAsync(prompt.TicketId)).Outcome);
    }

    [Fact]
    public async Task A_cancel_that_comes_too_late_is_answered_with_the_outcome_that_stands()
    {
        var prompt = await host.ParkAsync();
        await host.As("ann").VoteAsync(prompt.TicketId, Given.Yes());
        await DecidedAsync(prompt.TicketId);

        await host.PublishAsync(new CancelReview(prompt.TicketId, "carol", Given.Start));

        Assert.All(await DecidedAsync(prompt.TicketId, 2), decided => Assert.Equal(ApprovalStatus.Releasing, decided.Outcome));
    }

    [Fact]
    public async Task A_cancel_that_overtakes_its_prompt_is_granted_when_the_prompt_arrives()
    {
        var prompt = Given.Prompt();
        await host.Desk.CancelAsync(new CancelReview(prompt.TicketId, "carol", Given.Start), TestContext.Current.CancellationToken);
        await host.Desk.CancelAsync(new CancelReview(prompt.TicketId, "carol", Given.Start), TestContext.Current.CancellationToken);

        await host.ParkAsync(prompt);

        Assert.Equal(ApprovalStatus.Cancelled, Assert.Single(await DecidedAsync(prompt.TicketId)).Outcome);
    }

    [Theory]
    [InlineData(ApprovalStatus.Completed)]
    [InlineData(ApprovalStatus.Failed)]
    public async Task A_release_is_settled_once_and_then_left_alone(ApprovalStatus outcome)
    {
        var prompt = await host.ParkAsync();
        await host.As("ann").VoteAsync(prompt.TicketId, Given.Yes());
        var settled = new ReleaseSettled(prompt.TicketId, outcome, 200, Given.Start.AddSeconds(3));

        await host.PublishAsync(settled);
        await host.Heard.WaitAsync<ReviewChanged>(change => change.Review.Status == outcome);
        var before = await host.ReviewAsync(prompt.TicketId);
        await host.Desk.SettleAsync(settled with { Outcome = ApprovalStatus.Failed }, TestContext.Current.CancellationToken);

        var after = await host.ReviewAsync(prompt.TicketId);
        Assert.Equal((outcome, before.Version, Given.Start.AddSeconds(3)), (after.Status, after.Version, after.SettledAt));
    }

    [Fact]
    public async Task A_release_that_nobody_decided_settles_nothing()
    {
        var prompt = await host.ParkAsync();

        await host.Desk.SettleAsync(new ReleaseSettled(prompt.TicketId, ApprovalStatus.Completed, 200, Given.Start), TestContext.Current.CancellationToken);
        await host.Desk.SettleAsync(new ReleaseSettled("apr_unknown", ApprovalStatus.Completed, 200, Given.Start), TestContext.Current.CancellationToken);

        Assert.Equal(ApprovalStatus.Pending, (await host.ReviewAsync(prompt.TicketId)).Status);
    }

    [Fact]
    public async Task The_trail_hears_what_each_person_did()
    {
        var prompt = await host.ParkAsync(Given.Prompt(undoSeconds: 30));
        var ann = host.As("ann");
        await ann.AskAsync(prompt.TicketId, "claim");
        await ann.AskAsync(prompt.TicketId, "claim");
        await ann.VoteAsync(prompt.TicketId, Given.Yes());
        await host.As("ben").AskAsync(prompt.TicketId, "undo");
        var rejected = await host.ParkAsync();
        await ann.VoteAsync(rejected.TicketId, Given.No("A live key."));

        var acted = await host.Heard.WaitAsync<PersonActed>(_ => true, 4);

        Assert.Equal(
            [("claim.taken", "ann", null), ("vote.approve", "ann", null), ("approval.undone", "ben", null), ("vote.reject", "ann", "A live key.")],
            acted.Select(act => (act.Action, act.Person.Subject, act.Reason)));
        Assert.Equal(4, acted.Select(act => act.ActionId).Distinct().Count());
    }

    [Fact]
    public async Task What_was_sent_leaves_the_outbox()
    {
        var prompt = await host.ParkAsync();
        await host.As("ann").VoteAsync(prompt.TicketId, Given.Yes());
        await DecidedAsync(prompt.TicketId);

        await Eventually.Async(async () => await host.ReadAsync(store => store.Outbox.CountAsync()) == 0);
    }
}
