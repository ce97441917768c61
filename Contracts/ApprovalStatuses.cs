namespace Contracts;

/// <summary>The words for each status on the wire: headers, JSON, messages.</summary>
public static class ApprovalStatuses
{
    public static string Word(this ApprovalStatus status) => status switch
    {
        ApprovalStatus.Pending => "pending",
        ApprovalStatus.Approved => "approved",
        ApprovalStatus.Releasing => "releasing",
        ApprovalStatus.Completed => "completed",
        ApprovalStatus.Failed => "failed",
        ApprovalStatus.Rejected => "rejected",
        ApprovalStatus.Expired => "expired",
        ApprovalStatus.Cancelled => "cancelled",
        ApprovalStatus.Revoked => "revoked",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>No person can change the outcome any more.</summary>
    public static bool IsDecided(this ApprovalStatus status) =>
        status is not (ApprovalStatus.Pending or ApprovalStatus.Approved);

    /// <summary>Nothing will happen any more: there is a result or a refusal.</summary>
    public static bool IsSettled(this ApprovalStatus status) =>
        status is not (ApprovalStatus.Pending or ApprovalStatus.Approved or ApprovalStatus.Releasing);
}
