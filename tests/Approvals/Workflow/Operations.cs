using System.Net;
using Approvals.Tests.Support;
using Contracts;
using Contracts.Api;
using Contracts.Messages;

namespace Approvals.Tests.Workflow;

public sealed class Operations : IAsyncLifetime
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
    public async Task The_same_operation_gives_the_same_answer_and_counts_once()
    {
        var prompt = await host.ParkAsync(Given.Prompt(stages: [Given.Stage(people: 2)]));
        var vote = Given.Yes();

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => host.As("ann").VoteAsync(prompt.TicketId, vote)));

        foreach (var answer in answers) Assert.Equal(1, (await answer.BodyAsync<ReviewDetail>()).Summary.Approvals);
        await host.As("ben").VoteAsync(prompt.TicketId, Given.Yes());
        await host.Heard.WaitAsync<PersonActed>(act => act.Person.Subject == "ben");
        Assert.Single(host.Heard.All<PersonActed>(), act => act.Person.Subject == "ann");
    }

    [Fact]
    public async Task The_winning_operation_repeated_after_the_decision_is_still_a_yes()
    {
        var prompt = await host.ParkAsync();
        var vote = Given.Yes();
        await host.As("ann").VoteAsync(prompt.TicketId, vote);

        Assert.Equal(HttpStatusCode.OK, (await host.As("ann").VoteAsync(prompt.TicketId, vote)).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await host.As("ann").VoteAsync(prompt.TicketId, Given.Yes())).StatusCode);
    }

    [Fact]
    public async Task A_refusal_repeated_is_the_same_refusal_even_when_it_would_be_granted_by_now()
    {
        var prompt = await host.ParkAsync();
        await host.As("ann").AskAsync(prompt.TicketId, "claim");
        var vote = Given.Yes();
        await (await host.As("ben").VoteAsync(prompt.TicketId, vote)).ConflictAsync("claimed");
        await host.As("ann").AskAsync(prompt.TicketId, "claim/release");

        await (await host.As("ben").VoteAsync(prompt.TicketId, vote)).ConflictAsync("claimed");

        Assert.Equal(HttpStatusCode.OK, (await host.As("ben").VoteAsync(prompt.TicketId, Given.Yes())).StatusCode);
    }

    [Fact]
    public async Task The_same_id_with_other_content_is_refused_and_changes_nothing()
    {
        var (prompt, other) = (await host.ParkAsync(Given.Prompt(stages: [Given.Stage(people: 2)])), await host.ParkAsync());
        var vote = Given.Yes();
        var ann = host.As("ann");
        await ann.VoteAsync(prompt.TicketId, vote);

        HttpResponseMessage[] reused =
        [
            await ann.VoteAsync(prompt.TicketId, Given.No(operation: vote.OperationId)),
            await ann.VoteAsync(prompt.TicketId, vote with { Reason = "Fine." }),
            await ann.VoteAsync(prompt.TicketId, vote with { Digest = "other" }),
            await ann.VoteAsync(other.TicketId, vote),
            await ann.AskAsync(prompt.TicketId, "claim", new ReviewOperation(vote.OperationId)),
            await host.As("ben").VoteAsync(prompt.TicketId, vote),
        ];

        Assert.All(reused, response => Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode));
        Assert.Equal((ApprovalStatus.Pending, 1), await StateAsync(prompt.TicketId));
        Assert.Equal((ApprovalStatus.Pending, 0), await StateAsync(other.TicketId));
    }

    private async Task<(ApprovalStatus, int)> StateAsync(string id)
    {
        var review = await host.ReviewAsync(id);
        return (review.Status, review.Votes.Count);
    }
}
