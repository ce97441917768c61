namespace Contracts.Messages;

/// <summary>Gateway → every gateway instance: wake whoever waits for this ticket. A hint; the row is the truth.</summary>
public sealed record TicketChanged(string TicketId);
