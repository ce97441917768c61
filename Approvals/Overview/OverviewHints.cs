using Contracts.Api;

namespace Approvals.Overview;

/// <summary>What the figures of the rules suggest to look at. Few cases suggest nothing.</summary>
internal static class OverviewHints
{
    /// <summary>Decided ones from which on a rule's share says something.</summary>
    public const int LeastDecided = 20;

    /// <summary>A higher share of releases than this, in percent, asks for little.</summary>
    public const int MuchReleased = 95;

    /// <summary>Ended ones from which on it is no accident that nobody came.</summary>
    public const int LeastEnded = 10;

    public static IEnumerable<OverviewSuggestion> Of(IEnumerable<OverviewLine> rules) => rules.SelectMany(Of).OrderBy(hint => hint.Hint).ThenByDescending(hint => hint.Count);

    private static IEnumerable<OverviewSuggestion> Of(OverviewLine rule)
    {
        if (rule.Decided >= LeastDecided && rule.Released * 100L > rule.Decided * (long)MuchReleased)
            yield return new OverviewSuggestion(OverviewHint.AsksForLittle, rule.Name, rule.Released, rule.Decided);

        var ended = rule.Decided + rule.Expired;
        if (ended >= LeastEnded && rule.Expired * 2 > ended)
            yield return new OverviewSuggestion(OverviewHint.GoesUnanswered, rule.Name, rule.Expired, ended);
    }
}
