namespace Contracts.Messages;

/// <summary>Gateway → approvals: the caller takes a prompt back. A wish: if people decided first, their outcome stands.</summary>
public sealed record CancelReview(string TicketId, string RequestedBy, DateTimeOffset RequestedAt);
