namespace Contracts.Messages;

/// <summary>Gateway → every approvals instance: a person signed out everywhere. Tokens issued to them up to then count no more.</summary>
public sealed record PersonSignedOut(string Subject, DateTimeOffset At);
