using ApprovalsUI.Client.Triage;

namespace ApprovalsUI.Client;

/// <summary>What to look at next: what one may decide, then what runs out first by bands of time, inside a band the higher risk, then the older.</summary>
internal sealed class QueueOrder : IComparer<QueueRow>
{
    internal static QueueOrder Default { get; } = new();

    public int Compare(QueueRow? left, QueueRow? right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        var byRight = (left.Standing != Standing.Yours).CompareTo(right.Standing != Standing.Yours);
        var byBand = byRight != 0 ? byRight : left.Band - right.Band;
        var byRisk = byBand != 0 ? byBand : right.Review.Score.CompareTo(left.Review.Score);
        var byAge = byRisk != 0 ? byRisk : left.Review.OpenedAt.CompareTo(right.Review.OpenedAt);
        return byAge != 0 ? byAge : string.CompareOrdinal(left.Id, right.Id);
    }
}
