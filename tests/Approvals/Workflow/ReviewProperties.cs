using System.Collections.Concurrent;
using Approvals.Tests.Support;
using Approvals.Workflow;
using Contracts;
using Contracts.Messages;
using CsCheck;

namespace Approvals.Tests.Workflow;

/// <summary>Random lives of a review, checked against the promises and not against a second copy of the rules.</summary>
public sealed class ReviewProperties
{
    private static readonly string[] Groups = ["team", "leads", "security"];

    private static readonly Gen<ReviewStage[]> Stages = Gen.Select(
        Gen.Int[0, 2].Select(group => Groups[group]).Array[1, 2], Gen.Int[1, 3], Gen.Int[1, 30], Gen.Enum<OnDeadline>(),
        (groups, people, minutes, then) => new ReviewStage([.. groups.Distinct()], people, TimeSpan.FromMinutes(minutes), then, PassTo: Groups)).Array[1, 3];

    private static readonly Gen<Step> Steps = Gen.Select(
        Gen.Enum<Verb>(), Gen.Int[0, 5], Gen.Int[0, 7], Gen.Int[0, 120],
        (verb, person, hats, seconds) => new Step(verb, person, hats, TimeSpan.FromSeconds(seconds)));

    internal enum Verb
    {
        Yes, YesToo, YesAgain, OtherDigest, No, Claim, LetGo, Undo, Cancel, Elapse, Settle, BreakGlass, Edit, EditTold, Pass,
    }

    /// <param name="Hats">Which of the three groups the person is in at that moment, as bits.</param>
    internal sealed record Step(Verb Verb, int Person, int Hats, TimeSpan Later);

    [Fact]
    public void Silence_is_never_a_yes_one_winner_and_two_hats_hold_for_every_order_of_events()
    {
        var ends = new ConcurrentDictionary<ApprovalStatus, int>();

        Gen.Select(Stages, Gen.Int[0, 1].Select(window => window * 300), Steps.Array[1, 60]).Sample((stages, undo, steps) =>
            _ = ends.AddOrUpdate(Live(stages, undo, steps), 1, (_, count) => count + 1), iter: 20_000);

        // Lives that never reach an end would prove nothing.
        Assert.All(Enum.GetValues<ApprovalStatus>().Except([ApprovalStatus.Failed]), end => Assert.True(ends.GetValueOrDefault(end) > 20, $"{end}: {ends.GetValueOrDefault(end)}"));
    }

    private static ApprovalStatus Live(ReviewStage[] stages, int undo, Step[] steps)
    {
        var now = Given.Start;
        var review = Review.Open(Given.Prompt(stages: stages, undoSeconds: undo, caller: "person-0", owner: "person-1"), 1, now);
        var agreedTo = new Dictionary<(string Person, int Stage), string>(); // which text each vote was about
        var decisions = new List<(ApprovalStatus Outcome, DateTimeOffset At)>();

        foreach (var step in steps)
        {
            now += step.Later;
            var before = (review.Status, review.Stage, review.DueAt, Votes: review.Votes.Count);
            var accepted = Take(review, step, now);
            if (accepted && step.Verb is Verb.Yes or Verb.YesToo or Verb.YesAgain) agreedTo[($"person-{step.Person}", before.Stage)] = review.Digest;
            Assert.All(review.Votes.Where(vote => vote.Approve), vote => Assert.Equal(review.Digest, agreedTo[(vote.Subject, vote.Stage)]));
            if (before.Status == ApprovalStatus.Pending && review.Status == ApprovalStatus.Pending && step.Verb is Verb.Edit or Verb.Pass) Assert.True(before.DueAt is null || review.DueAt <= before.DueAt || now >= before.DueAt, "Time was stretched.");
            if (review.Status.IsDecided() && !before.Status.IsDecided()) decisions.Add((review.Status, now));

            var yesCarried = review.Status is ApprovalStatus.Approved or ApprovalStatus.Releasing && before.Status == ApprovalStatus.Pending;
            if (yesCarried)
            {
                Assert.True(accepted && step.Verb is Verb.Yes or Verb.YesToo or Verb.YesAgain or Verb.BreakGlass, "Only a vote or broken glass makes a yes.");
                Assert.True(now < before.DueAt, "A yes came after its deadline.");
                if (review.Glass is { } glass) CheckGlass(review, glass, before.Votes, step);
                else CheckQuorum(review);
            }
            if (before.Status is ApprovalStatus.Approved && review.Status == ApprovalStatus.Releasing)
                Assert.True(now >= before.DueAt, "The undo window was cut short.");
            if (before.Status.IsDecided())
                Assert.True(review.Status == before.Status || before.Status == ApprovalStatus.Releasing, "An outcome changed.");
            if (before.Status == ApprovalStatus.Pending && review.Votes.Count > before.Votes)
                Assert.True(now < before.DueAt, "A vote counted after the deadline.");
        }

        Assert.True(decisions.Count <= 1, "More than one outcome.");
        return review.Status;
    }

    private static void CheckGlass(Review review, BrokenGlass glass, int votes, Step step)
    {
        Assert.True(step is { Verb: Verb.BreakGlass, Person: 4 }, "Somebody released alone who may not.");
        Assert.Equal("person-4", glass.Person.Subject);
        Assert.Equal([glass.Person], review.DecidedBy);
        Assert.Equal(votes, review.Votes.Count);
    }

    private static void CheckQuorum(Review review)
    {
        var yes = review.Votes.Where(vote => vote.Approve).ToList();
        var people = review.DecidedBy.Select(person => person.Subject).ToList();
        Assert.DoesNotContain("person-0", yes.Select(vote => vote.Subject));
        Assert.DoesNotContain("person-1", yes.Select(vote => vote.Subject));
        Assert.DoesNotContain(review.Votes, vote => !vote.Approve);
        Assert.Equal(people.Count, people.Distinct().Count());
        Assert.All(people, subject => Assert.Contains(yes, vote => vote.Subject == subject));

        // Stages that stand in for each other form one step; each step needs the full quorum of one of its stages.
        var needed = 0;
        for (var first = 0; first < review.Stages.Count; first++)
        {
            var last = first;
            while (review.Stages[last].OnDeadline == OnDeadline.NextStage && last + 1 < review.Stages.Count) last++;
            var carrying = Enumerable.Range(first, last - first + 1).Where(stage =>
                yes.Where(vote => vote.Stage == stage).Select(vote => vote.Subject).Distinct().Count() >= review.Stages[stage].People).ToList();
            Assert.NotEmpty(carrying);
            needed += review.Stages[carrying[0]].People;
            first = last;
        }
        Assert.True(people.Count >= needed, "Fewer people than the stages need together.");
    }

    private static EditedPrompt Edition(int number) => new(number, $"text-{number}", "echo", [], "", new PersonRef("person-2", "person-2"), Given.Start);

    private static bool Take(Review review, Step step, DateTimeOffset now)
    {
        var hats = Groups.Where((_, bit) => (step.Hats & (1 << bit)) != 0).ToArray();
        var person = Given.Person($"person-{step.Person}", [.. hats, "none"]);
        var allowed = review.Status == ApprovalStatus.Pending && hats.Intersect(review.Stages[review.Stage].Groups).Any();
        switch (step.Verb)
        {
            case Verb.Yes or Verb.YesToo or Verb.YesAgain:
                var answer = review.Cast(person, true, null, review.Digest, now);
                if (answer == ReviewAnswer.Accepted) Assert.True(allowed, "Somebody outside the stage's groups counted.");
                return answer == ReviewAnswer.Accepted;
            case Verb.OtherDigest:
                Assert.NotEqual(ReviewAnswer.Accepted, review.Cast(person, true, null, "other", now));
                return false;
            // Most lives should go on: only one person in six says no.
            case Verb.No:
                return step.Person == 5 && review.Cast(person, false, "No.", review.Digest, now) == ReviewAnswer.Accepted;
            // Nor should it be the usual end: person 4 may, and does now and then.
            case Verb.BreakGlass:
                if (step.Hats > 3) return false;
                return review.BreakGlass(person with { BreaksGlass = step.Person is 0 or 1 or 4 }, "Nobody else is there.", review.Digest, now) == ReviewAnswer.Accepted;
            case Verb.Claim:
                return review.Claim(person, TimeSpan.FromMinutes(2), now) == ReviewAnswer.Accepted;
            case Verb.LetGo:
                return review.LetGo(person) == ReviewAnswer.Accepted;
            case Verb.Undo:
                return review.Undo(person, now) == ReviewAnswer.Accepted;
            case Verb.Cancel:
                if (step.Person == 5) review.Cancel(now);
                return false;
            case Verb.Elapse:
                review.Elapse(now);
                return false;
            case Verb.Edit:
                var waits = review.Status == ApprovalStatus.Pending && now < review.DueAt;
                var edited = step.Hats < 3 && review.Take(Edition(review.Edition + 1), now);
                Assert.True(!edited || (waits && review.Votes.Count == 0 && review.Stage == 0), "A yes to another text stayed.");
                return edited;
            case Verb.EditTold:
                Assert.False(review.Edition > 0 && review.Take(Edition(review.Edition), now), "What is known already changed something.");
                return false;
            case Verb.Pass:
                if (step.Hats > 3) return false;
                var group = Groups[step.Person % Groups.Length];
                var named = review.Status == ApprovalStatus.Pending && review.PassesTo.Contains(group);
                var passed = review.Pass(person, group, "They know better.", now) == ReviewAnswer.Accepted;
                Assert.True(!passed || (allowed && named), "It was passed on by somebody, or to somebody, whom the rule does not name.");
                return passed;
            case Verb.Settle:
                return review.Settle(ApprovalStatus.Completed, now);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }
}
