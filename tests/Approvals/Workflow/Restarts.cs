using System.Net;
using Approvals.Tests.Support;
using Contracts;
using Contracts.Messages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace Approvals.Tests.Workflow;

public sealed class Restarts : IDisposable
{
    private readonly TempStore file = new();

    public void Dispose() => file.Dispose();

    [Fact]
    public async Task Nothing_lost_a_deadline_that_passed_while_nobody_ran_fires_at_the_next_start()
    {
        PromptParked prompt;
        await using (var before = await ApprovalsHost.StartAsync(file)) prompt = await before.ParkAsync();

        await using var after = await ApprovalsHost.StartAsync(file, new FakeTimeProvider(Given.Start.AddHours(1)));

        var decided = await after.Heard.WaitAsync<ReviewDecided>(message => message.TicketId == prompt.TicketId);
        Assert.Equal(ApprovalStatus.Expired, Assert.Single(decided).Outcome);
    }

    [Fact]
    public async Task Nothing_lost_a_vote_continues_what_was_begun_before_the_restart()
    {
        PromptParked prompt;
        var first = Given.Yes();
        await using (var before = await ApprovalsHost.StartAsync(file))
        {
            prompt = await before.ParkAsync(Given.Prompt(stages: [Given.Stage(people: 2)]));
            await before.As("ann").VoteAsync(prompt.TicketId, first);
        }

        await using var after = await ApprovalsHost.StartAsync(file);
        Assert.Equal(HttpStatusCode.OK, (await after.As("ann").VoteAsync(prompt.TicketId, first)).StatusCode);
        Assert.Equal(ApprovalStatus.Pending, (await after.ReviewAsync(prompt.TicketId)).Status);
        await after.As("ben").VoteAsync(prompt.TicketId, Given.Yes());

        var decided = Assert.Single(await after.Heard.WaitAsync<ReviewDecided>(message => message.TicketId == prompt.TicketId));
        Assert.Equal(["ann", "ben"], decided.DecidedBy.Select(person => person.Subject));
    }

    [Fact]
    public async Task Nothing_lost_what_the_outbox_held_is_sent_by_the_next_process()
    {
        var prompt = Given.Prompt();
        await using (var dying = await ApprovalsHost.BuildAsync(file))
        {
            await dying.Desk.OpenAsync(prompt, TestContext.Current.CancellationToken);
            await dying.Desk.VoteAsync(prompt.TicketId, Given.Person("ann"), Given.Yes(), TestContext.Current.CancellationToken);
            Assert.Equal(3, await dying.ReadAsync(store => store.Outbox.CountAsync())); // parked, voted, decided
        }

        await using var next = await ApprovalsHost.StartAsync(file);

        var decided = await next.Heard.WaitAsync<ReviewDecided>(message => message.TicketId == prompt.TicketId);
        Assert.Equal(ApprovalStatus.Releasing, Assert.Single(decided).Outcome);
        await next.Heard.WaitAsync<PersonActed>(act => act.Action == "vote.approve");
    }

    [Fact]
    public async Task Nothing_lost_an_undo_window_that_ended_meanwhile_releases_once()
    {
        var prompt = Given.Prompt(undoSeconds: 30);
        await using (var before = await ApprovalsHost.StartAsync(file))
        {
            await before.ParkAsync(prompt);
            await before.As("ann").VoteAsync(prompt.TicketId, Given.Yes());
        }

        await using var after = await ApprovalsHost.StartAsync(file, new FakeTimeProvider(Given.Start.AddMinutes(1)));

        var decided = await after.Heard.WaitAsync<ReviewDecided>(message => message.TicketId == prompt.TicketId);
        Assert.Equal(ApprovalStatus.Releasing, Assert.Single(decided).Outcome);
        Assert.Equal(HttpStatusCode.Conflict, (await after.As("ann").AskAsync(prompt.TicketId, "undo")).StatusCode);
    }
}
