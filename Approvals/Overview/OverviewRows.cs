using Approvals.Workflow;
using Contracts;
using Contracts.Messages;

namespace Approvals.Overview;

/// <summary>What one answer is made of, as narrow as it can be read.</summary>
/// <param name="Waiting">When the pending ones of the period were parked.</param>
/// <param name="CutAt">Older ones of the period were left out.</param>
internal sealed record OverviewRows(Queue Queue, IReadOnlyList<DateTimeOffset> Waiting, IReadOnlyList<EndedReview> Ended, ILookup<long, CastWord> Votes, DateTimeOffset? CutAt, IReadOnlyList<EndedKnown> Known);

/// <summary>What waits for people now.</summary>
internal sealed record Queue(int Length, DateTimeOffset? Oldest, DateTimeOffset? EndsSoonest);

/// <summary>People, time or the caller had the last word; or a yes that can still be undone.</summary>
internal sealed record EndedReview(
    long Number, string Rule, ApprovalStatus Status, DateTimeOffset OpenedAt, DateTimeOffset At, int Stage, IReadOnlyList<ReviewStage> Stages, BrokenGlass? Glass);

internal sealed record CastWord(long Number, int Stage, string Subject, string Name, bool Approve, DateTimeOffset At);

/// <summary>A known case that is over, and whose text nobody changed.</summary>
internal sealed record EndedKnown(KnownCase Case, BrokenGlass? Glass, DateTimeOffset At, IReadOnlyList<KnownWord> Votes)
{
    /// <summary>Each person's first answer, but the author's. Releasing alone is one too.</summary>
    public IEnumerable<KnownWord> Answers =>
        Votes.Concat(Glass is { } glass ? [new KnownWord(glass.Person.Subject, glass.Person.Name, true, glass.At, null)] : []).Where(word => word.Subject != Case.By).OrderBy(word => word.At).DistinctBy(word => word.Subject);
}

internal sealed record KnownWord(string Subject, string Name, bool Approve, DateTimeOffset At, TimeSpan? Looked);
