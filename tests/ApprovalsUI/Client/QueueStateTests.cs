using ApprovalsUI.Client;
using ApprovalsUI.Client.Triage;
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
            Assert.Equal(("b", 3), (row.Id, row.Review.Score));
        }
    }

    [Fact]
    public void What_one_may_decide_comes_before_what_waits_for_others()
    {
        var queue = new QueueState(clock);
        queue.For(Sample.People[0]);

        queue.Load(
        [
            Row("own", seconds: 20) with { Caller = new("riley", "Riley", []) },
            Row("answered for", seconds: 20) with { Caller = new("svc", "A job", [], Owner: "riley") },
            Row("of others", seconds: 20) with { Groups = ["legal"] },
            Row("taken", seconds: 20) with { Claim = Claim("morgan") },
            Row("mine", minutesLeft: 40) with { Claim = Claim("riley") },
            Row("free", minutesLeft: 4),
        ], 6);

        Assert.Equal(["free", "mine"], queue.Rows.Where(row => row.Standing == Standing.Yours).Select(row => row.Id));
        Assert.Equal(["free", "mine"], queue.Rows.Take(2).Select(row => row.Id));
        Assert.Equal(
            [("answered for", Standing.Own), ("of others", Standing.OtherGroups), ("own", Standing.Own), ("taken", Standing.Taken)],
            queue.Rows.Skip(2).Select(row => (row.Id, row.Standing)).OrderBy(row => row.Id));
    }

    [Fact]
    public void Time_alone_moves_a_row_up_and_gives_back_what_nobody_has_any_more()
    {
        var queue = new QueueState(clock);
        queue.For(Sample.People[0]);
        queue.Load([Row("severe", score: 95, minutesLeft: 40), Row("ends", score: 5, minutesLeft: 16), Row("taken", score: 1, minutesLeft: 50) with { Claim = Claim("morgan") }], 3);
        Assert.Equal(["severe", "ends", "taken"], queue.Rows.Select(row => row.Id));

        clock.Advance(TimeSpan.FromSeconds(90));
        queue.Refresh();

        Assert.Equal(["ends", "severe", "taken"], queue.Rows.Select(row => row.Id));
        Assert.All(queue.Rows, row => Assert.Equal(Standing.Yours, row.Standing));
    }

    [Fact]
    public void What_one_has_agreed_to_waits_for_others()
    {
        var queue = new QueueState(clock);
        queue.For(Sample.People[0]);
        queue.Load([Row("a") with { Needed = 2 }, Row("b")], 2);

        queue.Voted("a", stage: 0);

        Assert.Equal([("b", Standing.Yours), ("a", Standing.Voted)], queue.Rows.Select(row => (row.Id, row.Standing)));
        queue.Apply(Row("a") with { Version = 2, Stage = 1 });
        Assert.Equal(Standing.Yours, queue.Rows.Single(row => row.Id == "a").Standing);
    }

    [Fact]
    public void Next_goes_on_from_where_one_is_and_over_what_is_not_to_be_decided()
    {
        var queue = new QueueState(clock);
        queue.For(Sample.People[0]);
        queue.Load([Row("1", score: 90), Row("2", score: 80) with { Claim = Claim("morgan") }, Row("3", score: 70), Row("4", score: 60) with { Groups = ["legal"] }, Row("5", score: 50)], 5);

        Assert.Equal("3", queue.NextAfter("1")?.Id);
        queue.Apply(Row("3", score: 70) with { Version = 2, Status = ApprovalStatus.Rejected, DeadlineAt = null });
        Assert.Equal("5", queue.NextAfter("3")?.Id); // from where it was, not from the beginning again
        Assert.Equal("1", queue.NextAfter("5")?.Id);
        Assert.Equal("1", queue.NextAfter(null)?.Id);
        queue.Apply(Row("1") with { Version = 2, Status = ApprovalStatus.Expired }, Row("5") with { Version = 2, Status = ApprovalStatus.Approved });
        Assert.Null(queue.NextAfter("1"));
    }

    [Fact]
    public void While_the_list_is_held_nothing_moves_and_the_order_goes_on_behind_it()
    {
        var queue = new QueueState(clock);
        queue.Load([Row("a", score: 50), Row("b", score: 40)], 2);
        queue.Hold();

        queue.Apply(Row("c", score: 90), Row("a", score: 1) with { Version = 2 }, Row("d"));
        queue.Apply(Row("d") with { Version = 2, Status = ApprovalStatus.Cancelled });

        Assert.Equal([("a", 1), ("b", 40)], queue.Rows.Select(row => (row.Id, row.Review.Score)));
        Assert.Equal((1, 3), (queue.Gathered, queue.Waiting));
        queue.LetGo();
        Assert.Equal(["c", "b", "a"], queue.Rows.Select(row => row.Id));
    }

    /// <summary>Whatever the news, the line is what ordering everything anew would give.</summary>
    [Fact]
    public void News_one_by_one_ends_in_the_order_of_all_at_once()
    {
        var random = new Random(7);
        var queue = new QueueState(clock);
        queue.For(Sample.People[0]);
        var all = new Dictionary<string, ReviewSummary>();
        for (var step = 1; step <= 2_000; step++)
        {
            var review = Row($"apr_{random.Next(300)}", random.Next(101), random.Next(60)) with
            {
                Version = step, Sequence = step, Groups = random.Next(3) == 0 ? ["legal"] : ["security"], Status = random.Next(4) == 0 ? ApprovalStatus.Rejected : ApprovalStatus.Pending,
            };
            queue.Apply(review);
            all[review.Id] = review;
        }

        var fresh = new QueueState(clock);
        fresh.For(Sample.People[0]);
        fresh.Load([.. all.Values.Where(review => review.Status == ApprovalStatus.Pending)], 2_000);

        Assert.Equal(fresh.Rows.Select(row => row.Id), queue.Rows.Select(row => row.Id));
        Assert.Equal(fresh.Waiting, queue.Waiting);
    }

    private ClaimView Claim(string person) => new(new(person, person), clock.GetUtcNow().AddSeconds(60));

    private ReviewSummary Row(string id, int score = 50, int minutesLeft = 10, int? seconds = null) =>
        Sample.Review(id, clock.GetUtcNow(), score).Summary with
        {
            Version = 1,
            DeadlineAt = clock.GetUtcNow().AddSeconds(seconds ?? minutesLeft * 60),
        };
}
