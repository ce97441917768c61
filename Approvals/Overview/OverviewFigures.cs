using Approvals.Identity;
using Contracts;
using Contracts.Api;
using Contracts.Messages;

namespace Approvals.Overview;

/// <summary>Rows in, figures out. A figure about people's time is over what people decided, never over what ended by itself.</summary>
internal static class OverviewFigures
{
    public static OverviewReport Of(OverviewRows rows, Reviewer person, bool seesEverybody, LocalDays days)
    {
        var ended = rows.Ended.Where(review => review.Status.IsDecided()).Select(review => new Ending(review, rows.Votes[review.Number])).ToList();
        var rules = Lines(ended, ending => [ending.Review.Rule]);
        var votes = ended.SelectMany(ending => ending.Votes, (ending, vote) => (Ending: ending, Vote: vote)).Where(cast => seesEverybody || cast.Vote.Subject == person.Subject);
        return new OverviewReport
        {
            From = days.From,
            Until = days.Now,
            Zone = days.Zone,
            CutAt = rows.CutAt,
            Parked = rows.Queue.Length,
            Oldest = rows.Queue.Oldest,
            EndsSoonest = rows.Queue.EndsSoonest,
            Total = Line("", ended),
            Days = Days(rows, days),
            Rules = rules,
            Groups = Lines(ended, ending => ending.Groups.Where(group => person.ReadsAll || person.Groups.Contains(group))),
            People = [.. votes.GroupBy(cast => cast.Vote.Subject).Select(OfPerson).OrderByDescending(one => one.Votes).ThenBy(one => one.Person.Name, StringComparer.Ordinal)],
            SeesEverybody = seesEverybody,
            Suggestions = [.. OverviewHints.Of(rules)],
            Known = [.. rows.Known.SelectMany(known => known.Answers, (known, word) => (known.Case, Word: word)).Where(said => seesEverybody || said.Word.Subject == person.Subject)
                .GroupBy(said => said.Word.Subject).Select(KnownOf).OrderByDescending(one => one.Answered).ThenBy(one => one.Person.Name, StringComparer.Ordinal)],
        };
    }

    private static OverviewDay[] Days(OverviewRows rows, LocalDays days)
    {
        var arrived = rows.Waiting.Concat(rows.Ended.Select(review => review.OpenedAt)).CountBy(days.Of).ToDictionary();
        var outcomes = rows.Ended.GroupBy(review => days.Of(review.At)).ToDictionary(day => day.Key, day => day.CountBy(review => Outcome(review.Status)).ToDictionary());
        var glass = rows.Ended.Where(review => review.Glass is not null).CountBy(review => days.Of(review.Glass!.At)).ToDictionary(); // those without are left out
        return [.. days.Since(rows.CutAt ?? days.From).Select(day =>
        {
            var outcome = outcomes.GetValueOrDefault(day) ?? [];
            return new OverviewDay(
                day, arrived.GetValueOrDefault(day), outcome.GetValueOrDefault(ApprovalStatus.Releasing), outcome.GetValueOrDefault(ApprovalStatus.Rejected), outcome.GetValueOrDefault(ApprovalStatus.Expired),
                outcome.GetValueOrDefault(ApprovalStatus.Revoked), outcome.GetValueOrDefault(ApprovalStatus.Cancelled), glass.GetValueOrDefault(day));
        })];
    }

    /// <summary>A settled release was a release, whatever the model answered.</summary>
    private static ApprovalStatus Outcome(ApprovalStatus status) => status is ApprovalStatus.Completed or ApprovalStatus.Failed ? ApprovalStatus.Releasing : status;

    private static OverviewLine[] Lines(IEnumerable<Ending> ended, Func<Ending, IEnumerable<string>> names) =>
        [.. ended.SelectMany(names, (ending, name) => (Name: name, Ending: ending)).GroupBy(one => one.Name, one => one.Ending)
            .Select(same => Line(same.Key, [.. same])).OrderByDescending(line => line.Decided).ThenBy(line => line.Name, StringComparer.Ordinal)];

    private static OverviewLine Line(string name, IReadOnlyList<Ending> ended)
    {
        var outcomes = ended.CountBy(ending => Outcome(ending.Review.Status)).ToDictionary();
        var took = ended.Select(ending => ending.Took).OfType<TimeSpan>().Order().ToList();
        return new OverviewLine(
            name, took.Count, outcomes.GetValueOrDefault(ApprovalStatus.Releasing), outcomes.GetValueOrDefault(ApprovalStatus.Rejected), outcomes.GetValueOrDefault(ApprovalStatus.Revoked),
            ended.Count(ending => ending.IsRejectedAfterYes), outcomes.GetValueOrDefault(ApprovalStatus.Expired), outcomes.GetValueOrDefault(ApprovalStatus.Cancelled),
            ended.Count(ending => ending.Review.Glass is not null), Rank(took, 50), Rank(took, 95));
    }

    private static OverviewPerson OfPerson(IGrouping<string, (Ending Ending, CastWord Vote)> cast)
    {
        var together = cast.Where(one => one.Ending.WasDecidedTogether).ToList();
        var took = cast.Select(one => AtLeastZero(one.Vote.At - one.Ending.Review.OpenedAt)).Order().ToList();
        var yes = cast.Count(one => one.Vote.Approve);
        return new OverviewPerson(
            new PersonRef(cast.Key, cast.MaxBy(one => one.Vote.At).Vote.Name), took.Count, yes, took.Count - yes, Rank(took, 50),
            together.Count, together.Count(one => one.Vote.Approve == one.Ending.WasReleased));
    }

    private static OverviewKnown KnownOf(IGrouping<string, (KnownCase Case, KnownWord Word)> said)
    {
        var released = said.Count(one => one.Word.Approve && one.Case.Expected == KnownAnswer.Reject);
        var rejected = said.Count(one => !one.Word.Approve && one.Case.Expected == KnownAnswer.Release);
        var looked = said.Select(one => one.Word.Looked).OfType<TimeSpan>().Order().ToList();
        return new OverviewKnown(new PersonRef(said.Key, said.MaxBy(one => one.Word.At).Word.Name), said.Count(), said.Count() - released - rejected, released, rejected, Rank(looked, 50));
    }

    /// <summary>Nearest rank: the shortest time that so many percent do not exceed. It is always one that occurred.</summary>
    private static TimeSpan? Rank(List<TimeSpan> ordered, int percent) => ordered.Count == 0 ? null : ordered[((ordered.Count * percent) + 99) / 100 - 1];

    private static TimeSpan AtLeastZero(TimeSpan time) => time < TimeSpan.Zero ? TimeSpan.Zero : time;

    /// <summary>A review that is over, with the votes on the text that waited last.</summary>
    private sealed record Ending(EndedReview Review, IEnumerable<CastWord> Votes)
    {
        public bool WasReleased => Outcome(Review.Status) == ApprovalStatus.Releasing;

        /// <summary>People's outcome, by votes of more than one of them: broken glass is no vote.</summary>
        public bool WasDecidedTogether => Took is not null && Review.Glass is null && Votes.DistinctBy(vote => vote.Subject).Skip(1).Any();

        public bool IsRejectedAfterYes => Review.Status == ApprovalStatus.Rejected
            && Votes.Where(vote => vote.Approve && vote.Stage < Review.Stage).CountBy(vote => vote.Stage).Any(yes => yes.Value >= Review.Stages[yes.Key].People);

        /// <summary>Those of the stages that were reached.</summary>
        public IEnumerable<string> Groups => Review.Stages.Take(Review.Stage + 1).SelectMany(stage => stage.Groups).Distinct();

        /// <summary>Null for what time or the caller ended. What was undone had been decided before.</summary>
        public TimeSpan? Took => Review.Status switch
        {
            ApprovalStatus.Revoked => AtLeastZero((Review.Glass?.At ?? Votes.Select(vote => (DateTimeOffset?)vote.At).Max() ?? Review.At) - Review.OpenedAt),
            ApprovalStatus.Expired or ApprovalStatus.Cancelled => null,
            _ => AtLeastZero(Review.At - Review.OpenedAt),
        };
    }
}
