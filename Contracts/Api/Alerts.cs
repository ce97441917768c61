namespace Contracts.Api;

/// <summary>A message between the services that could not be handled: what it would have moved stands still until somebody looks.</summary>
/// <param name="Message">Name of the message type.</param>
/// <param name="Fault">Type of the exception.</param>
public sealed record AlertView(Guid Id, string Message, string TicketId, string Fault, DateTimeOffset At);
