using System.ComponentModel.DataAnnotations;

namespace Approvals.Workflow;

internal sealed class WorkflowOptions
{
    public const string Section = "Workflow";

    /// <summary>How long a claim lasts without a heartbeat.</summary>
    [Range(typeof(TimeSpan), "00:00:05", "00:30:00", ErrorMessage = Section + ":ClaimFor must be 5 seconds to 30 minutes; a longer claim would keep everybody else from deciding.")]
    public TimeSpan ClaimFor { get; set; } = TimeSpan.FromMinutes(2);
}
