using Contracts.Messages;

namespace Contracts.Api;

/// <summary>How the asking of people goes: what waits now, and what became of the last days' reviews. Of what the signed-in person may see.</summary>
public sealed record OverviewReport
{
    /// <summary>Start of the first day, and the moment of the answer.</summary>
    public required DateTimeOffset From { get; init; }
    public required DateTimeOffset Until { get; init; }

    /// <summary>IANA name of the time zone whose days these are.</summary>
    public required string Zone { get; init; }

    /// <summary>Set when the period holds more than is read: what was decided before this is not counted, and its days are left out.</summary>
    public DateTimeOffset? CutAt { get; init; }

    /// <summary>Waits for people now.</summary>
    public required int Parked { get; init; }

    /// <summary>When the one that waits longest was parked, and when the next deadline is.</summary>
    public DateTimeOffset? Oldest { get; init; }
    public DateTimeOffset? EndsSoonest { get; init; }

    public required OverviewLine Total { get; init; }

    /// <summary>Oldest first, days without anything too.</summary>
    public required IReadOnlyList<OverviewDay> Days { get; init; }

    /// <summary>Most decided first.</summary>
    public required IReadOnlyList<OverviewLine> Rules { get; init; }

    /// <summary>Of the stages that were reached. A review that asked two groups counts for both.</summary>
    public required IReadOnlyList<OverviewLine> Groups { get; init; }

    /// <summary>Most votes first; only the signed-in person where they may not see others' figures.</summary>
    public required IReadOnlyList<OverviewPerson> People { get; init; }
    public required bool SeesEverybody { get; init; }
    public required IReadOnlyList<OverviewSuggestion> Suggestions { get; init; }

    /// <summary>Answers to known cases, which are in none of the other figures once they have ended. Whose, is as for <see cref="People"/>.</summary>
    public IReadOnlyList<OverviewKnown> Known { get; init; } = [];
}

/// <param name="Arrived">Parked on this day; the others count the day on which it happened.</param>
/// <param name="Released">For good: the undo window has passed.</param>
/// <param name="Undone">A yes taken back inside its window.</param>
/// <param name="GlassBroken">Released by one person alone; counted as released or undone too.</param>
public sealed record OverviewDay(DateOnly Day, int Arrived, int Released, int Rejected, int Expired, int Undone, int Cancelled, int GlassBroken);

/// <summary>What became of the reviews of a rule, of a group, or of all.</summary>
/// <param name="Decided">By people: released, rejected and undone. The two times are over these.</param>
/// <param name="RejectedAfterYes">Rejected by a later stage than one that had agreed.</param>
/// <param name="Median">From opening to the decision, by nearest rank; an undone one counts to its yes. Null where none was decided.</param>
public sealed record OverviewLine(
    string Name, int Decided, int Released, int Rejected, int Undone, int RejectedAfterYes, int Expired, int Cancelled, int GlassBroken, TimeSpan? Median, TimeSpan? P95);

/// <summary>One person's votes on reviews that ended in the period.</summary>
/// <param name="Median">From the opening of the review to their vote. Claims are not kept, so they are not in it.</param>
/// <param name="Together">Votes on reviews that at least two people voted on and people decided.</param>
/// <param name="Agreed">How many of those said what it came to: yes to one released, no to one rejected.</param>
public sealed record OverviewPerson(PersonRef Person, int Votes, int Yes, int No, TimeSpan? Median, int Together, int Agreed);

/// <summary>One person's answers to known cases that ended in the period.</summary>
/// <param name="Looked">Median of how long they had it before them; null where that is not known.</param>
public sealed record OverviewKnown(PersonRef Person, int Answered, int Right, int WrongReleases, int WrongRejections, TimeSpan? Looked);

/// <param name="Count">Of <paramref name="Of"/>: released of decided ones, or expired of ended ones.</param>
public sealed record OverviewSuggestion(OverviewHint Hint, string Rule, int Count, int Of);

public enum OverviewHint
{
    /// <summary>People agree to nearly all that this rule asks them.</summary>
    AsksForLittle,

    /// <summary>Most of what this rule parks ends before anybody decides.</summary>
    GoesUnanswered,
}
