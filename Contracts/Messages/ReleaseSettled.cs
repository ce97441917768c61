namespace Contracts.Messages;

/// <summary>Gateway → approvals: what became of a release.</summary>
/// <param name="Outcome"><see cref="ApprovalStatus.Completed"/> or <see cref="ApprovalStatus.Failed"/>.</param>
/// <param name="StatusCode">HTTP status the caller gets.</param>
public sealed record ReleaseSettled(string TicketId, ApprovalStatus Outcome, int StatusCode, DateTimeOffset SettledAt);
