using ApprovalsUI.Client;
using ApprovalsUI.Tests.Backend;
using Contracts;
using Contracts.Api;
using Microsoft.Extensions.Time.Testing;

namespace ApprovalsUI.Tests.Client;

public sealed class QueueStateTests
{
    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 11, 22, 14, 0, 0, TimeSpan.Zero));

    [Fact]
    public void What_runs_out_comes_first_then_the_higher_risk_then_the_older()
    {
        var queue = new QueueState(clock);

        queue.Load([Row("calm", score: 20, minutesLeft: 40), Row("severe", score: 95, minutesLeft: 40), Row("soon", score: 10, minutesLeft: 4), Row("last", score: 5, seconds: 30)], 4);

        Assert.Equal(["last", "soon", "severe", "calm"], queue.Rows.Select(row => row.Id));
    }

    [Fact]
    public void A_severe_prompt_is_not_behind_a_harmless_one_that_ends_a_second_earlier()
    {
        var queue = new QueueState(clock);

        queue.Load([Row("harmless", score: 5, seconds: 599), Row("severe", score: 95, seconds: 600)], 2);

        Assert.Equal(["severe", "harmless"], queue.Rows.Select(row => row.Id));
    }

    [Fact]
    public void News_heard_before_the_full_list_is_kept_when_it_is_newer()
    {
        var queue = new QueueState(clock);
        queue.Apply(Row("apr_1") with { Version = 3, Sequence = 12, Status = ApprovalStatus.Rejected });

        queue.Load([Row("apr_1") with { Version = 1, Sequence = 9 }], 10);

        Assert.Empty(queue.Rows);
    }

    [Fact]
    public void What_the_full_list_no_longer_has_is_gone()
    {
        var queue = new QueueState(clock);
        queue.Load([Row("apr_1") with { Sequence = 1 }], 1);

        queue.Load([Row("apr_2") with { Sequence = 2 }], 5);

        Assert.Equal(["apr_2"], queue.Rows.Select(row => row.Id));
    }

    [Fact]
    public void Every_order_of_the_same_news_ends_in_the_same_list()
    {
        ReviewSummary[] news =
        [
            Row("a") with { Version = 1 }, Row("a") with { Version = 2, Status = ApprovalStatus.Approved }, Row("a") with { Version = 3, Status = ApprovalStatus.Completed },
            Row("b") with { Version = 1 }, Row("b") with { Version = 2, Score = 3 },
        ];
        for (var seed = 0; seed < 200; seed++)
        {
            var queue = new QueueState(clock);
            var shuffled = (ReviewSummary[])news.Clone();
            new Random(seed).Shuffle(shuffled);

            foreach (var review in shuffled)
            {
                queue.Apply(review);
            }

            var row = Assert.Single(queue.Rows);
            Assert.Equal(("b", 3), (row.Id, row.Score));
        }
    }

    private ReviewSummary Row(string id, int score = 50, int minutesLeft = 10, int? seconds = null) =>
        Sample.Review(id, clock.GetUtcNow(), score).Summary with
        {
            Version = 1,
            DeadlineAt = clock.GetUtcNow().AddSeconds(seconds ?? minutesLeft * 60),
        };
}
