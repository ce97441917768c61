using System.ComponentModel.DataAnnotations;

namespace Approvals.Workflow;

internal sealed class WorkflowOptions
{
    public const string Section = "Approvals:Workflow";

    /// <summary>How long a claim lasts without a heartbeat.</summary>
    [Range(typeof(TimeSpan), "00:00:05", "00:30:00", ErrorMessage = Section + ":ClaimFor must be 5 seconds to 30 minutes; a longer claim would keep everybody else from deciding.")]
    public TimeSpan ClaimFor { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How often due deadlines are looked for; the most by which an outcome is late.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:00:05", ErrorMessage = Section + ":PollEvery must be 50 milliseconds to 5 seconds; a longer pause would leave callers waiting for an outcome that time has decided.")]
    public TimeSpan PollEvery { get; set; } = TimeSpan.FromMilliseconds(250);
}
