namespace Contracts.Messages;

/// <summary>Gateway → approvals: the caller has answered a question. The words stay in the gateway's store.</summary>
public sealed record CallerAnswered(string TicketId, Guid QuestionId, DateTimeOffset At);
