using Approvals.Tests.Support;
using Contracts;
using Contracts.Messages;

namespace Approvals.Tests.Workflow;

public sealed class Deadlines : IAsyncLifetime
{
    private readonly TempStore file = new();
    private ApprovalsHost host = null!; // set before every test

    public async ValueTask InitializeAsync() => host = await ApprovalsHost.StartAsync(file);

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        file.Dispose();
    }

    [Fact]
    public async Task Silence_is_never_a_yes_the_gateway_hears_expired()
    {
        var prompt = await host.ParkAsync();

        host.Clock.Advance(TimeSpan.FromMinutes(10));

        var decided = Assert.Single(await host.Heard.WaitAsync<ReviewDecided>(message => message.TicketId == prompt.TicketId));
        Assert.Equal((ApprovalStatus.Expired, 0, null), (decided.Outcome, decided.DecidedBy.Count, decided.Reason));
    }

    [Fact]
    public async Task Silence_calls_the_next_stage_and_then_expires()
    {
        var prompt = await host.ParkAsync(Given.Prompt(stages: [Given.Stage("team", then: OnDeadline.NextStage), Given.Stage("leads", minutes: 5)]));

        host.Clock.Advance(TimeSpan.FromMinutes(10));
        await host.Heard.WaitAsync<ReviewChanged>(change => change.Review is { Stage: 1, Status: ApprovalStatus.Pending });
        Assert.Empty(host.Heard.All<ReviewDecided>());

        host.Clock.Advance(TimeSpan.FromMinutes(5));
        var decided = await host.Heard.WaitAsync<ReviewDecided>(message => message.TicketId == prompt.TicketId);
        Assert.Equal(ApprovalStatus.Expired, Assert.Single(decided).Outcome);
    }

    [Fact]
    public async Task An_approval_is_published_when_its_undo_window_has_passed_and_not_before()
    {
        var prompt = await host.ParkAsync(Given.Prompt(undoSeconds: 30));
        var answer = await host.As("ann").VoteAsync(prompt.TicketId, Given.Yes());
        var held = await answer.BodyAsync<Contracts.Api.ReviewDetail>();
        Assert.Equal((ApprovalStatus.Approved, Given.Start.AddSeconds(30)), (held.Summary.Status, held.Summary.ReleaseAt));
        await host.Heard.WaitAsync<ReviewChanged>(change => change.Review.Status == ApprovalStatus.Approved);
        Assert.Empty(host.Heard.All<ReviewDecided>());

        host.Clock.Advance(TimeSpan.FromSeconds(30));

        var decided = Assert.Single(await host.Heard.WaitAsync<ReviewDecided>(message => message.TicketId == prompt.TicketId));
        Assert.Equal((ApprovalStatus.Releasing, Given.Digest), (decided.Outcome, decided.Digest));
    }

    [Fact]
    public async Task An_approval_taken_back_inside_its_window_never_releases()
    {
        var prompt = await host.ParkAsync(Given.Prompt(undoSeconds: 30));
        await host.As("ann").VoteAsync(prompt.TicketId, Given.Yes());
        var undone = await (await host.As("ann").AskAsync(prompt.TicketId, "undo")).BodyAsync<Contracts.Api.ReviewDetail>();
        Assert.Equal(ApprovalStatus.Revoked, undone.Summary.Status);

        host.Clock.Advance(TimeSpan.FromHours(1));
        var other = await host.ParkAsync();
        host.Clock.Advance(TimeSpan.FromMinutes(10));
        await host.Heard.WaitAsync<ReviewDecided>(message => message.TicketId == other.TicketId);

        var decided = Assert.Single(host.Heard.All<ReviewDecided>(), message => message.TicketId == prompt.TicketId);
        Assert.Equal(ApprovalStatus.Revoked, decided.Outcome);
    }

    [Fact]
    public async Task Silence_is_never_a_yes_a_vote_at_the_deadline_finds_it_expired()
    {
        var prompt = await host.ParkAsync();
        host.Clock.Advance(TimeSpan.FromMinutes(10));

        var conflict = await (await host.As("ann").VoteAsync(prompt.TicketId, Given.Yes())).ConflictAsync("decided");

        Assert.Equal((ApprovalStatus.Expired, 0, Given.Start.AddMinutes(10)), (conflict.Status, conflict.Winner.Count, conflict.DecidedAt));
    }
}
