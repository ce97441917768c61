namespace Contracts.Messages;

/// <summary>
/// Approvals → gateway: the one cause of a release, and of every refusal by people. Published only by Workflow through
/// the outbox of the transaction that decided; consumed only by Parking.
/// </summary>
public sealed record ReviewDecided
{
    public required string TicketId { get; init; }

    /// <summary><see cref="ApprovalStatus.Releasing"/> for a final yes, else Rejected, Expired, Cancelled or Revoked.</summary>
    public required ApprovalStatus Outcome { get; init; }

    /// <summary>Digest the people decided about; a ticket with another digest is not released.</summary>
    public required string Digest { get; init; }

    /// <summary>The distinct people behind the outcome; empty when time or the caller decided.</summary>
    public required IReadOnlyList<PersonRef> DecidedBy { get; init; }

    /// <summary>The reviewer's words, for a refusal. May be shown to the caller where policy says so.</summary>
    public string? Reason { get; init; }

    /// <summary>What a rejection is about, in one word of a closed list; null for every other outcome.</summary>
    public RejectCause? Cause { get; init; }
    public required DateTimeOffset DecidedAt { get; init; }

    /// <summary>What people did that came to this. The trail gets it with the decision, whatever became of messages of its own.</summary>
    public IReadOnlyList<PersonActed> Acts { get; init; } = [];
}

public sealed record PersonRef(string Subject, string Name);
