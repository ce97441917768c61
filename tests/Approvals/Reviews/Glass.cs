using System.Net;
using Approvals.Tests.Support;
using Contracts;
using Contracts.Api;
using Contracts.Messages;

namespace Approvals.Tests.Reviews;

public sealed class Glass : IAsyncLifetime
{
    private const string Why = "Production is down, nobody answers.";
    private readonly TempStore file = new();
    private ApprovalsHost host = null!; // set before every test

    public async ValueTask InitializeAsync() => host = await ApprovalsHost.StartAsync(file);

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        file.Dispose();
    }

    private HttpClient Eve => host.As("eve", "on-call", Permissions.BreakGlass);

    [Fact]
    public async Task One_person_of_no_group_finds_reads_and_releases_alone_on_the_record()
    {
        var prompt = await host.ParkAsync(Given.Prompt(stages: [Given.Stage(people: 3), Given.Stage("security")]));
        Assert.Equal(prompt.TicketId, Assert.Single((await Eve.GetAsync<ReviewPage>("/api/reviews?state=open")).Items).Id);
        Assert.True((await Eve.GetAsync<ReviewDetail>($"/api/reviews/{prompt.TicketId}")).MayBreakGlass);

        var detail = await (await Eve.BreakGlassAsync(prompt.TicketId, Given.Glass(Why))).BodyAsync<ReviewDetail>();

        Assert.Equal((ApprovalStatus.Releasing, "eve"), (detail.Summary.Status, detail.Summary.BrokeGlass?.Name));
        Assert.Equal((Why, Given.Start), (detail.Glass?.Reason, detail.Glass?.At));
        Assert.Empty(detail.Votes);
        var acted = Assert.Single(await host.Heard.WaitAsync<PersonActed>(deed => deed.TicketId == prompt.TicketId));
        Assert.Equal(("glass.broken", "eve", Why), (acted.Action, acted.Person.Subject, acted.Reason));
        var decided = Assert.Single(await host.Heard.WaitAsync<ReviewDecided>(message => message.TicketId == prompt.TicketId));
        Assert.Equal((ApprovalStatus.Releasing, "eve", null), (decided.Outcome, Assert.Single(decided.DecidedBy).Subject, decided.Reason));
        Assert.Equal(Why, (await host.ReviewAsync(prompt.TicketId)).Glass?.Reason);
    }

    [Fact]
    public async Task The_same_operation_again_is_the_same_answer_and_one_release()
    {
        var prompt = await host.ParkAsync();
        var deed = Given.Glass(Why);

        for (var i = 0; i < 3; i++) await (await Eve.BreakGlassAsync(prompt.TicketId, deed)).BodyAsync<ReviewDetail>();

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Eve.BreakGlassAsync(prompt.TicketId, deed with { Reason = "For quite another reason." })).StatusCode);
        await host.Heard.WaitAsync<ReviewDecided>(message => message.TicketId == prompt.TicketId);
        Assert.Single(host.Heard.All<PersonActed>(), acted => acted.TicketId == prompt.TicketId);
    }

    [Fact]
    public async Task One_winner_who_comes_too_late_is_409_naming_who_was_first()
    {
        var prompt = await host.ParkAsync();
        await host.As("ann").VoteAsync(prompt.TicketId, Given.No());

        var conflict = await (await Eve.BreakGlassAsync(prompt.TicketId)).ConflictAsync("decided");

        Assert.Equal((ApprovalStatus.Rejected, "ann", Given.Start), (conflict.Status, Assert.Single(conflict.Winner).Name, conflict.DecidedAt));
    }

    [Fact]
    public async Task One_winner_of_many_who_break_the_glass_and_vote_at_once()
    {
        var prompt = await host.ParkAsync();

        var responses = await Task.WhenAll(Enumerable.Range(0, 30).Select(async i => (Name: $"person-{i}", Response: i % 3 == 0
            ? await host.As($"person-{i}", "on-call", Permissions.BreakGlass).BreakGlassAsync(prompt.TicketId)
            : await host.As($"person-{i}").VoteAsync(prompt.TicketId, i % 3 == 1 ? Given.Yes() : Given.No()))));

        var winner = Assert.Single(responses, response => response.Response.StatusCode == HttpStatusCode.OK);
        foreach (var loser in responses.Where(response => response.Name != winner.Name))
            Assert.Equal(winner.Name, Assert.Single((await loser.Response.ConflictAsync("decided")).Winner).Name);
        Assert.Single(await host.Heard.WaitAsync<ReviewDecided>(message => message.TicketId == prompt.TicketId));
    }

    [Theory]
    [InlineData("too short", Given.Digest, "4b1e7f7e-7a57-4a52-9c3e-0a5f0c5b6a10")]
    [InlineData("", Given.Digest, "4b1e7f7e-7a57-4a52-9c3e-0a5f0c5b6a10")]
    [InlineData(Why, "", "4b1e7f7e-7a57-4a52-9c3e-0a5f0c5b6a10")]
    [InlineData(Why, Given.Digest, "00000000-0000-0000-0000-000000000000")]
    public async Task An_unusable_deed_is_400_and_changes_nothing(string reason, string digest, string operation)
    {
        var prompt = await host.ParkAsync();

        Assert.Equal(HttpStatusCode.BadRequest, (await Eve.BreakGlassAsync(prompt.TicketId, Given.Glass(reason, Guid.Parse(operation), digest))).StatusCode);

        Assert.Equal(ApprovalStatus.Pending, (await host.ReviewAsync(prompt.TicketId)).Status);
    }

    [Fact]
    public async Task Another_text_is_409_and_ones_own_prompt_403()
    {
        var prompt = await host.ParkAsync(Given.Prompt(caller: "eve"));
        Assert.Equal(HttpStatusCode.Forbidden, (await Eve.BreakGlassAsync(prompt.TicketId)).StatusCode);

        var other = await host.ParkAsync();
        await (await Eve.BreakGlassAsync(other.TicketId, Given.Glass(digest: "0000"))).ConflictAsync("other-text");
    }

    [Fact]
    public async Task Who_decides_about_one_kind_gets_in_and_is_told_what_is_not_theirs()
    {
        var secret = await host.ParkAsync();
        var attack = await host.ParkAsync(Given.Prompt(findings: [Given.Finding(RiskCategory.Attack)]));
        var ann = host.As("ann", permissions: Permissions.ReviewAttacks);

        Assert.Equal(2, (await ann.GetAsync<ReviewPage>("/api/reviews?state=open")).Items.Count);
        Assert.Equal("This prompt holds secrets; you decide about attacks.", (await ann.GetAsync<ReviewDetail>($"/api/reviews/{secret.TicketId}")).MayNotVote);
        Assert.Equal(HttpStatusCode.Forbidden, (await ann.VoteAsync(secret.TicketId, Given.Yes())).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await ann.AskAsync(secret.TicketId, "claim")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await ann.VoteAsync(attack.TicketId, Given.Yes())).StatusCode);
    }
}
