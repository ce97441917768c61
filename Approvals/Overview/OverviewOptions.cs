using System.ComponentModel.DataAnnotations;

namespace Approvals.Overview;

internal sealed class OverviewOptions
{
    public const string Section = "Overview";

    /// <summary>Ended reviews that one answer reads at most, the newest.</summary>
    [Range(1, 1_000_000, ErrorMessage = Section + ":MostReviews must be 1 to 1,000,000; more would not fit into one answer's memory.")]
    public int MostReviews { get; set; } = 50_000;
}
