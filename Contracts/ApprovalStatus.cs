namespace Contracts;

/// <summary>
/// The life of a parked prompt, in the words both sides use: the caller's ticket and the reviewers' review.
/// <c>Pending → Approved (undo window) → Releasing → Completed | Failed</c>, or one of the four refusals.
/// </summary>
public enum ApprovalStatus
{
    /// <summary>People have not decided yet. Nothing reaches a model.</summary>
    Pending,

    /// <summary>People said yes; the prompt is held until the undo window has passed.</summary>
    Approved,

    /// <summary>The yes is final and the prompt may be executed, once.</summary>
    Releasing,

    /// <summary>The model answered and the answer is stored.</summary>
    Completed,

    /// <summary>Released, but the upstream gave no usable answer.</summary>
    Failed,

    /// <summary>A person said no.</summary>
    Rejected,

    /// <summary>Nobody decided in time. Silence is never a yes.</summary>
    Expired,

    /// <summary>The caller took the prompt back.</summary>
    Cancelled,

    /// <summary>A yes was taken back inside the undo window.</summary>
    Revoked,
}
