using System.Net;
using Approvals.Identity;
using Approvals.Tests.Support;
using Approvals.Workflow;
using Contracts;
using Contracts.Messages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace Approvals.Tests.Workflow;

public sealed class Races
{
    /// <summary>Two replicas on one file, nothing else running, so that the outbox keeps every message.</summary>
    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 0)]
    [InlineData(3, 0)]
    [InlineData(4, 5)]
    [InlineData(5, 5)]
    [InlineData(6, 5)]
    public async Task One_winner_of_fifty_votes_undos_cancels_expiries_and_broken_glass_on_two_replicas(int seed, int cancels)
    {
        using var file = new TempStore();
        var clock = new FakeTimeProvider(Given.Start);
        await using var one = await ApprovalsHost.BuildAsync(file, clock);
        await using var two = await ApprovalsHost.BuildAsync(file, clock);
        var prompt = Given.Prompt(stages: [Given.Stage(people: 2)], undoSeconds: seed % 2 * 30);
        await one.Desk.OpenAsync(prompt, TestContext.Current.CancellationToken);

        var start = new TaskCompletionSource();
        var wishes = Wishes(prompt.TicketId, clock, cancels).ToArray();
        new Random(seed).Shuffle(wishes);
        var racing = wishes.Select((wish, i) => Task.Run(async () =>
        {
            await start.Task;
            return await wish(i % 2 == 0 ? one.Desk : two.Desk);
        })).ToList();
        start.SetResult();
        var answers = await Task.WhenAll(racing);
        clock.Advance(TimeSpan.FromHours(1));
        await one.Desk.ElapseAsync(prompt.TicketId, TestContext.Current.CancellationToken);

        var review = await one.ReviewAsync(prompt.TicketId);
        var sent = await one.ReadAsync(store => store.Outbox.Where(m => m.Type == typeof(ReviewDecided).FullName).ToListAsync());
        var decided = Assert.IsType<ReviewDecided>(sent[0].Open());
        Assert.Single(sent.Select(message => message.Body).Distinct());
        Assert.InRange(sent.Count, 1, 1 + cancels); // a cancel that comes too late is answered with the outcome that stands
        Assert.Equal((review.Status, review.Digest), (decided.Outcome, decided.Digest));
        if (decided.Outcome == ApprovalStatus.Releasing) Assert.Equal(review.Glass is null ? 2 : 1, decided.DecidedBy.DistinctBy(person => person.Subject).Count());

        // Whoever came later was told; nobody who was told "accepted" is missing from the record.
        var accepted = answers.Count(answer => answer == ReviewAnswer.Accepted);
        var undone = review.Status == ApprovalStatus.Revoked ? 1 : 0;
        var broken = review.Glass is null ? 0 : 1;
        Assert.Equal(review.Votes.Count + undone + broken, accepted);
        Assert.All(answers.Where(answer => answer is not null), answer => Assert.True(
            answer is ReviewAnswer.Accepted or ReviewAnswer.Decided or ReviewAnswer.NothingToUndo, $"{answer}"));
    }

    private static IEnumerable<Func<ReviewDesk, Task<ReviewAnswer?>>> Wishes(string id, FakeTimeProvider clock, int cancels)
    {
        var ct = TestContext.Current.CancellationToken;
        for (var i = 0; i < 50; i++)
        {
            var person = Given.Person($"person-{i}");
            yield return (i % 10) switch
            {
                0 => async desk => await AskAsync(desk.UndoAsync(id, person, Given.Operation(), ct)),
                1 when i / 10 < cancels => async desk =>
                {
                    await desk.CancelAsync(new CancelReview(id, "carol", clock.GetUtcNow()), ct);
                    return null;
                },
                2 => async desk =>
                {
                    clock.Advance(TimeSpan.FromMinutes(4));
                    await desk.ElapseAsync(id, ct);
                    return null;
                },
                3 => async desk => await AskAsync(desk.VoteAsync(id, person, Given.No(), ct)),
                4 when i % 20 == 4 => async desk => await AskAsync(desk.BreakGlassAsync(id, Given.Emergency($"person-{i}"), Given.Glass(), ct)),
                _ => async desk => await AskAsync(desk.VoteAsync(id, person, Given.Yes(), ct)),
            };
        }
    }

    private static async Task<ReviewAnswer?> AskAsync(Task<DeskAnswer> asked) => (await asked).Answer;

    [Fact]
    public async Task One_winner_and_the_other_forty_nine_get_409_naming_winner_time_and_outcome()
    {
        using var file = new TempStore();
        await using var host = await ApprovalsHost.StartAsync(file);
        var prompt = await host.ParkAsync();
        var people = Enumerable.Range(0, 50).Select(i => (Name: $"person-{i}", Yes: i % 2 == 0)).ToList();

        var responses = await Task.WhenAll(people.Select(async person =>
            (person.Name, person.Yes, Response: await host.As(person.Name).VoteAsync(prompt.TicketId, person.Yes ? Given.Yes() : Given.No()))));

        var winner = Assert.Single(responses, response => response.Response.StatusCode == HttpStatusCode.OK);
        var outcome = winner.Yes ? ApprovalStatus.Releasing : ApprovalStatus.Rejected;
        foreach (var loser in responses.Where(response => response.Name != winner.Name))
        {
            var conflict = await loser.Response.ConflictAsync("decided");
            Assert.Equal((outcome, winner.Name, Given.Start), (conflict.Status, Assert.Single(conflict.Winner).Name, conflict.DecidedAt));
            Assert.Contains(winner.Name, conflict.Message, StringComparison.Ordinal);
        }

        var decided = await host.Heard.WaitAsync<ReviewDecided>(message => message.TicketId == prompt.TicketId);
        Assert.Equal(outcome, Assert.Single(decided).Outcome);
    }

    [Fact]
    public async Task One_winner_however_many_pollers_find_the_same_deadline()
    {
        using var file = new TempStore();
        var clock = new FakeTimeProvider(Given.Start);
        await using var one = await ApprovalsHost.BuildAsync(file, clock);
        await using var two = await ApprovalsHost.BuildAsync(file, clock);
        var prompt = Given.Prompt();
        await one.Desk.OpenAsync(prompt, TestContext.Current.CancellationToken);
        clock.Advance(TimeSpan.FromMinutes(11));

        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() =>
            (i % 2 == 0 ? one : two).Desk.ElapseAsync(prompt.TicketId, CancellationToken.None))));

        Assert.Equal(1, await one.ReadAsync(store => store.Outbox.CountAsync(m => m.Type == typeof(ReviewDecided).FullName)));
        Assert.Equal(ApprovalStatus.Expired, (await one.ReviewAsync(prompt.TicketId)).Status);
    }

    [Fact]
    public async Task One_winner_when_the_same_prompt_arrives_twenty_times_at_once()
    {
        using var file = new TempStore();
        await using var one = await ApprovalsHost.BuildAsync(file);
        await using var two = await ApprovalsHost.BuildAsync(file);
        var prompt = Given.Prompt();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() => (i % 2 == 0 ? one : two).Desk.OpenAsync(prompt, CancellationToken.None))));

        Assert.Equal(1, await one.ReadAsync(store => store.Reviews.CountAsync()));
        Assert.Equal(1, await one.ReadAsync(store => store.Outbox.CountAsync()));
    }
}
