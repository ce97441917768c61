using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Approvals.Tests.Support;
using Contracts;
using Contracts.Api;
using Contracts.Messages;

namespace Approvals.Tests.Reviews;

public sealed class Votes : IAsyncLifetime
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
    public async Task A_yes_answers_with_the_review_as_it_is_now()
    {
        var prompt = await host.ParkAsync();

        var detail = await (await host.As("ann").VoteAsync(prompt.TicketId, Given.Yes())).BodyAsync<ReviewDetail>();

        Assert.Equal((ApprovalStatus.Releasing, Given.Start), (detail.Summary.Status, detail.Summary.DecidedAt));
        Assert.Equal("ann", Assert.Single(detail.Summary.DecidedBy).Name);
    }

    [Fact]
    public async Task Two_hats_two_people_an_admin_does_not_review_their_own_prompt()
    {
        var prompt = await host.ParkAsync(Given.Prompt(caller: "root"));
        var root = host.As("root", "reviewers,admins", $"{Permissions.Review},{Permissions.Reveal},{Permissions.ReadTrail}");

        Assert.Equal(HttpStatusCode.Forbidden, (await root.VoteAsync(prompt.TicketId, Given.Yes())).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await root.VoteAsync(prompt.TicketId, Given.No())).StatusCode);
        Assert.Equal(ApprovalStatus.Pending, (await host.ReviewAsync(prompt.TicketId)).Status);
    }

    [Fact]
    public async Task Two_hats_two_people_one_person_in_two_groups_and_two_sessions_counts_once()
    {
        var prompt = await host.ParkAsync(Given.Prompt(stages: [Given.Stage("reviewers,security", people: 2)]));

        await host.As("ann", "reviewers,security").VoteAsync(prompt.TicketId, Given.Yes());
        var again = await host.As("ann", "security").VoteAsync(prompt.TicketId, Given.Yes());

        Assert.Equal(ApprovalStatus.Pending, (await again.ConflictAsync("already-voted")).Status);
        Assert.Equal(1, (await host.ReviewAsync(prompt.TicketId)).ApprovalsIn(0));
    }

    [Fact]
    public async Task What_was_reviewed_is_what_is_released_a_vote_about_another_text_is_409()
    {
        var prompt = await host.ParkAsync();

        await (await host.As("ann").VoteAsync(prompt.TicketId, Given.Yes(digest: "0000"))).ConflictAsync("other-text");

        Assert.Empty((await host.ReviewAsync(prompt.TicketId)).Votes);
    }

    [Fact]
    public async Task Somebody_who_reads_everything_but_was_not_asked_is_403()
    {
        var prompt = await host.ParkAsync();
        var auditor = host.As("aud", "audit", $"{Permissions.Review},{Permissions.ReadTrail}");

        Assert.Equal(HttpStatusCode.Forbidden, (await auditor.VoteAsync(prompt.TicketId, Given.Yes())).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await auditor.AskAsync(prompt.TicketId, "undo")).StatusCode);
    }

    [Fact]
    public async Task A_claim_of_somebody_else_is_409_with_their_name_until_it_lapses()
    {
        var prompt = await host.ParkAsync();
        var claimed = await (await host.As("ann").AskAsync(prompt.TicketId, "claim")).BodyAsync<ReviewDetail>();
        Assert.Equal(("ann", Given.Start.AddMinutes(2)), (claimed.Summary.Claim?.Person.Name, claimed.Summary.Claim?.Until));

        var conflict = await (await host.As("ben").AskAsync(prompt.TicketId, "claim")).ConflictAsync("claimed");
        Assert.Equal("ann", Assert.Single(conflict.Winner).Name);
        await (await host.As("ben").VoteAsync(prompt.TicketId, Given.Yes())).ConflictAsync("claimed");

        host.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(HttpStatusCode.OK, (await host.As("ben").VoteAsync(prompt.TicketId, Given.Yes())).StatusCode);
    }

    [Fact]
    public async Task A_heartbeat_keeps_a_claim_and_letting_go_frees_it()
    {
        var prompt = await host.ParkAsync();
        var ann = host.As("ann");
        await ann.AskAsync(prompt.TicketId, "claim");
        host.Clock.Advance(TimeSpan.FromSeconds(90));
        var renewed = await (await ann.AskAsync(prompt.TicketId, "claim")).BodyAsync<ReviewDetail>();
        Assert.Equal(Given.Start.AddSeconds(210), renewed.Summary.Claim?.Until);

        var free = await (await ann.AskAsync(prompt.TicketId, "claim/release")).BodyAsync<ReviewDetail>();

        Assert.Null(free.Summary.Claim);
        Assert.Equal(HttpStatusCode.OK, (await host.As("ben").AskAsync(prompt.TicketId, "claim")).StatusCode);
    }

    [Fact]
    public async Task Taking_back_what_nobody_gave_is_409()
    {
        var prompt = await host.ParkAsync(Given.Prompt(undoSeconds: 30));

        var conflict = await (await host.As("ann").AskAsync(prompt.TicketId, "undo")).ConflictAsync("nothing-to-undo");

        Assert.Equal((ApprovalStatus.Pending, null), (conflict.Status, conflict.DecidedAt));
    }

    public static TheoryData<string> Unusable => new(
        "",
        "null",
        "{",
        "[]",
        """{"operationId":"4b1e7f7e-7a57-4a52-9c3e-0a5f0c5b6a10","approve":true}""",
        """{"operationId":"4b1e7f7e-7a57-4a52-9c3e-0a5f0c5b6a10","approve":true,"digest":null}""",
        """{"operationId":"4b1e7f7e-7a57-4a52-9c3e-0a5f0c5b6a10","approve":true,"digest":""}""",
        """{"operationId":"4b1e7f7e-7a57-4a52-9c3e-0a5f0c5b6a10","approve":"yes","digest":"5f2b7c9a"}""",
        """{"operationId":"4b1e7f7e-7a57-4a52-9c3e-0a5f0c5b6a10","digest":"5f2b7c9a"}""",
        """{"operationId":"4b1e7f7e-7a57-4a52-9c3e-0a5f0c5b6a10","approve":false,"digest":"5f2b7c9a"}""",
        """{"operationId":"4b1e7f7e-7a57-4a52-9c3e-0a5f0c5b6a10","approve":false,"digest":"5f2b7c9a","reason":"  "}""",
        """{"operationId":"00000000-0000-0000-0000-000000000000","approve":true,"digest":"5f2b7c9a"}""",
        """{"operationId":"not a guid","approve":true,"digest":"5f2b7c9a"}""",
        $$"""{"operationId":"4b1e7f7e-7a57-4a52-9c3e-0a5f0c5b6a10","approve":true,"digest":"5f2b7c9a","reason":"{{new string('x', 2_001)}}"}""");

    [Theory]
    [MemberData(nameof(Unusable))]
    public async Task An_unusable_vote_is_400_and_changes_nothing(string body)
    {
        var prompt = await host.ParkAsync();

        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync(prompt.TicketId, body));

        Assert.Equal((ApprovalStatus.Pending, 1), await StateAsync(prompt.TicketId));
    }

    [Fact]
    public async Task A_vote_larger_than_any_vote_is_413()
    {
        var prompt = await host.ParkAsync();

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await PostAsync(prompt.TicketId, new string(' ', 33 * 1024)));
    }

    private async Task<(ApprovalStatus, long)> StateAsync(string id)
    {
        var review = await host.ReviewAsync(id);
        return (review.Status, review.Version);
    }

    private async Task<HttpStatusCode> PostAsync(string id, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        using var answer = await host.As("ann").PostAsync(new Uri($"/api/reviews/{id}/votes", UriKind.Relative), content, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}
