using Approvals.Workflow;
using Contracts;
using Contracts.Messages;

namespace Approvals.Overview;

/// <summary>What one answer is made of, as narrow as it can be read.</summary>
/// <param name="Waiting">When the pending ones of the period were parked.</param>
/// <param name="CutAt">Older ones of the period were left out.</param>
internal sealed record OverviewRows(Queue Queue, IReadOnlyList<DateTimeOffset> Waiting, IReadOnlyList<EndedReview> Ended, ILookup<long, CastWord> Votes, DateTimeOffset? CutAt);

/// <summary>What waits for people now.</summary>
internal sealed record Queue(int Length, DateTimeOffset? Oldest, DateTimeOffset? EndsSoonest);

/// <summary>People, time or the caller had the last word; or a yes that can still be undone.</summary>
internal sealed record EndedReview(
    long Number, string Rule, ApprovalStatus Status, DateTimeOffset OpenedAt, DateTimeOffset At, int Stage, IReadOnlyList<ReviewStage> Stages, BrokenGlass? Glass);

internal sealed record CastWord(long Number, int Stage, string Subject, string Name, bool Approve, DateTimeOffset At);
