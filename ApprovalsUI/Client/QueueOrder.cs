using Contracts.Api;

namespace ApprovalsUI.Client;

/// <summary>
/// What to look at next: what runs out first by bands of time (within 1, 5, 15 minutes, later), inside a band the
/// higher risk, then the older. Bands, so that a severe prompt is not behind a harmless one that ends a second earlier.
/// </summary>
internal sealed class QueueOrder(DateTimeOffset now) : IComparer<ReviewSummary>
{
    private static readonly TimeSpan[] Bands = [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15)];

    public int Compare(ReviewSummary? left, ReviewSummary? right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        var byBand = Band(left).CompareTo(Band(right));
        var byRisk = byBand != 0 ? byBand : right.Score.CompareTo(left.Score);
        var byAge = byRisk != 0 ? byRisk : left.OpenedAt.CompareTo(right.OpenedAt);
        return byAge != 0 ? byAge : string.CompareOrdinal(left.Id, right.Id);
    }

    private int Band(ReviewSummary review)
    {
        // A decided yes in its undo window needs nobody any more.
        var left = review.DeadlineAt is { } deadline ? deadline - now : TimeSpan.MaxValue;
        var band = Array.FindIndex(Bands, limit => left <= limit);
        return band < 0 ? Bands.Length : band;
    }
}
