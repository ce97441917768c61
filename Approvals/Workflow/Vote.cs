using Contracts;

namespace Approvals.Workflow;

/// <summary>One person's word in one stage; the key allows no second.</summary>
internal sealed class Vote
{
    public required int Stage { get; init; }
    public required string Subject { get; init; }
    public required string Name { get; init; }
    public required bool Approve { get; init; }
    public string? Reason { get; init; }
    public RejectCause? Cause { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>How long they had it before them. Kept of known cases only.</summary>
    public TimeSpan? Looked { get; init; }
}
