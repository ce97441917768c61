namespace Contracts.Messages;

/// <summary>Gateway → approvals: the text of this prompt is erased, so what was shown of it goes too.</summary>
public sealed record TextErased(string TicketId);
