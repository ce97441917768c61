using System.Net;
using Approvals.Tests.Support;
using Contracts;
using Contracts.Api;
using Contracts.Messages;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Tests.Reviews;

public sealed class Lists : IAsyncLifetime
{
    private readonly TempStore file = new();
    private ApprovalsHost host = null!; // set before every test

    public async ValueTask InitializeAsync() => host = await ApprovalsHost.StartAsync(file, polling: false);

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        file.Dispose();
    }

    private Task<PromptParked> ParkAsync(string id, int minutes = 10, int score = 70, string groups = "reviewers") =>
        host.ParkAsync(Given.Prompt(id, [Given.Stage(groups, minutes: minutes)], score: score, at: host.Clock.GetUtcNow()));

    private Task<ReviewPage> ListAsync(string query = "", string person = "ann", string groups = "reviewers", string permissions = Permissions.Review) =>
        host.As(person, groups, permissions).GetAsync<ReviewPage>($"/api/reviews?{query}");

    private static IEnumerable<string> Ids(ReviewPage page) => page.Items.Select(review => review.Id);

    [Fact]
    public async Task The_queue_shows_the_least_time_left_then_the_highest_risk_then_the_oldest()
    {
        await ParkAsync("apr_later", minutes: 20, score: 99);
        await ParkAsync("apr_old", score: 50);
        await ParkAsync("apr_risky", score: 90);
        await ParkAsync("apr_young", score: 50);
        await ParkAsync("apr_soon", minutes: 5, score: 10);

        var page = await ListAsync();

        Assert.Equal(["apr_soon", "apr_risky", "apr_old", "apr_young", "apr_later"], Ids(page));
        Assert.Equal((5, null), (page.Pending, page.Next));
    }

    [Theory]
    [InlineData("open")]
    [InlineData("decided")]
    public async Task Pages_follow_each_other_without_gap_or_repeat(string state)
    {
        for (var i = 0; i < 7; i++) await ParkAsync($"apr_{i}", minutes: 10 + (i % 3), score: 50 + (i % 2));
        if (state == "decided")
            for (var i = 0; i < 7; i++)
            {
                if (i % 2 == 0) host.Clock.Advance(TimeSpan.FromSeconds(1.5));
                await host.As("ann").VoteAsync($"apr_{i}", Given.No());
            }
        var whole = Ids(await ListAsync($"state={state}")).ToList();

        List<string> paged = [];
        string? cursor = null;
        do
        {
            var page = await ListAsync($"state={state}&take=2" + (cursor is null ? "" : $"&cursor={cursor}"));
            paged.AddRange(Ids(page));
            cursor = page.Next;
        }
        while (cursor is not null);

        Assert.Equal(7, whole.Count);
        Assert.Equal(whole, paged);
    }

    [Fact]
    public async Task The_history_shows_the_newest_decision_first_and_the_queue_no_longer()
    {
        await ParkAsync("apr_first");
        await ParkAsync("apr_second");
        await ParkAsync("apr_open");
        await host.As("ann").VoteAsync("apr_first", Given.Yes());
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        await host.As("ann").VoteAsync("apr_second", Given.No("A live key."));

        Assert.Equal(["apr_second", "apr_first"], Ids(await ListAsync("state=decided")));
        var open = await ListAsync("state=open");
        Assert.Equal(["apr_open"], Ids(open));
        Assert.Equal(1, open.Pending);
    }

    [Fact]
    public async Task A_person_sees_what_waits_for_any_of_their_groups_and_nothing_else()
    {
        await ParkAsync("apr_mine");
        await ParkAsync("apr_theirs", groups: "legal");
        await host.ParkAsync(Given.Prompt("apr_next", [Given.Stage("legal", then: OnDeadline.NextStage), Given.Stage()]));

        var page = await ListAsync();

        Assert.Equal(["apr_mine", "apr_next"], Ids(page).Order());
        Assert.Equal(2, page.Pending);
        Assert.Equal(3, (await ListAsync(groups: "", permissions: Permissions.ReadTrail)).Items.Count);
        Assert.Empty((await ListAsync(groups: "")).Items);
    }

    [Fact]
    public async Task A_review_of_other_people_is_not_found_whatever_is_tried_with_it()
    {
        await ParkAsync("apr_theirs", groups: "legal");
        var ann = host.As("ann");

        HttpResponseMessage[] answers =
        [
            await ann.GetAsync(new Uri("/api/reviews/apr_theirs", UriKind.Relative), TestContext.Current.CancellationToken),
            await ann.GetAsync(new Uri("/api/reviews/apr_none", UriKind.Relative), TestContext.Current.CancellationToken),
            await ann.VoteAsync("apr_theirs", Given.Yes()),
            await ann.AskAsync("apr_theirs", "claim"),
            await ann.AskAsync("apr_theirs", "claim/release"),
            await ann.AskAsync("apr_theirs", "undo"),
        ];

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode));
        Assert.Single((await Task.WhenAll(answers.Select(answer => answer.Content.ReadAsStringAsync())))
            .Select(body => body[..body.IndexOf("traceId", StringComparison.Ordinal)]).Distinct());
    }

    [Fact]
    public async Task The_detail_shows_everything_but_the_text_and_why_one_may_not_vote()
    {
        await host.ParkAsync(Given.Prompt("apr_1", [Given.Stage(people: 2)]));
        await host.As("ben").VoteAsync("apr_1", Given.Yes());

        var detail = await host.As("ann").GetAsync<ReviewDetail>("/api/reviews/apr_1");
        Assert.Equal((Given.Digest, "1", null, "SECRET"), (detail.Digest, detail.PolicyVersion, detail.MayNotVote, Assert.Single(detail.Findings).Type));
        Assert.Equal(("ben", true, 1, 2), (Assert.Single(detail.Votes).Person.Name, detail.Votes[0].Approve, detail.Summary.Approvals, detail.Summary.Needed));

        Assert.NotNull((await host.As("ben").GetAsync<ReviewDetail>("/api/reviews/apr_1")).MayNotVote);
        Assert.NotNull((await host.As("carol").GetAsync<ReviewDetail>("/api/reviews/apr_1")).MayNotVote);
        Assert.NotNull((await host.As("sam", "legal", Permissions.ReadTrail).GetAsync<ReviewDetail>("/api/reviews/apr_1")).MayNotVote);
    }

    [Fact]
    public async Task Catching_up_gives_each_changed_review_once_in_order_decided_ones_too()
    {
        await ParkAsync("apr_a");
        await ParkAsync("apr_b");
        await ParkAsync("apr_c");
        var seen = (await ListAsync()).Sequence;
        await host.As("ann").AskAsync("apr_c", "claim");
        await host.As("ann").VoteAsync("apr_a", Given.No());
        await host.As("ann").VoteAsync("apr_c", Given.Yes());

        var missed = await ListAsync($"after={seen}");

        Assert.Equal(["apr_a", "apr_c"], Ids(missed));
        Assert.Equal([ApprovalStatus.Rejected, ApprovalStatus.Releasing], missed.Items.Select(review => review.Status));
        Assert.True(missed.Items[0].Sequence < missed.Items[1].Sequence);
        Assert.Empty((await ListAsync($"after={missed.Sequence}")).Items);
    }

    [Fact]
    public async Task Catching_up_in_small_steps_misses_nothing()
    {
        for (var i = 0; i < 5; i++) await ParkAsync($"apr_{i}");

        List<string> seen = [];
        for (var (sequence, more) = (0L, true); more;)
        {
            var page = await ListAsync($"after={sequence}&take=2");
            seen.AddRange(Ids(page));
            (sequence, more) = (page.Sequence, page.Next is not null);
        }

        Assert.Equal(["apr_0", "apr_1", "apr_2", "apr_3", "apr_4"], seen);
        var second = await ListAsync($"cursor={(await ListAsync("after=0&take=2")).Next}&take=2");
        Assert.Equal(["apr_2", "apr_3"], Ids(second));
    }

    [Fact]
    public async Task Get_never_changes_anything_not_even_what_is_overdue()
    {
        await ParkAsync("apr_1");
        host.Clock.Advance(TimeSpan.FromHours(1));
        await Eventually.Async(async () => await host.ReadAsync(store => store.Outbox.CountAsync()) == 0);
        var before = await host.ReviewAsync("apr_1");

        await ListAsync();
        await ListAsync("state=decided");
        var changes = await ListAsync("after=0");
        var detail = await host.As("ann").GetAsync<ReviewDetail>("/api/reviews/apr_1");

        var after = await host.ReviewAsync("apr_1");
        Assert.Equal((ApprovalStatus.Pending, before.Version, before.Sequence), (after.Status, after.Version, after.Sequence));
        Assert.Equal(before.Sequence, changes.Sequence);
        Assert.Equal(0, await host.ReadAsync(store => store.Outbox.CountAsync()));
        Assert.NotNull(detail.MayNotVote);
    }

    [Theory]
    [InlineData("state=all")]
    [InlineData("take=0")]
    [InlineData("take=201")]
    [InlineData("take=x")]
    [InlineData("after=-1")]
    [InlineData("after=99999999999999999999")]
    [InlineData("cursor=h-1-1")]
    [InlineData("cursor=q-1-2")]
    [InlineData("cursor=q-9223372036854775807-1-1")]
    [InlineData("cursor=q-1-4294967296-1")]
    [InlineData("cursor=%27;drop")]
    [InlineData("cursor=q-1-1-1&after=0")]
    public async Task A_list_that_cannot_be_is_400(string query)
    {
        using var answer = await host.As("ann").GetAsync(new Uri($"/api/reviews?{query}", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }
}
