namespace Contracts.Messages;

/// <summary>Approvals → gateway: a reviewer asks the caller of an open ticket something. The words are the reviewer's and meant for the caller.</summary>
/// <param name="QuestionId">One question is shown once, however often it is told.</param>
public sealed record CallerAsked(string TicketId, Guid QuestionId, string Question, DateTimeOffset At);
