using Contracts.Messages;

namespace Approvals.Workflow;

/// <summary>A release by one person alone.</summary>
internal sealed record BrokenGlass(PersonRef Person, string Reason, DateTimeOffset At);
