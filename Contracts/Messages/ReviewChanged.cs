using Contracts.Api;

namespace Contracts.Messages;

/// <summary>Approvals → every approvals instance: refresh the consoles. A hint; the sequence number is the truth.</summary>
public sealed record ReviewChanged(ReviewSummary Review);
