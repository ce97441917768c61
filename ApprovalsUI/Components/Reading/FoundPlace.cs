using Contracts.Api;

namespace ApprovalsUI.Components.Reading;

/// <summary>A stretch of text with the findings on it. Each has its number, and can be jumped to, where it begins.</summary>
/// <param name="On">All findings on the stretch, the one it is drawn as first; empty for plain text.</param>
/// <param name="Begins">Those of them that were on no stretch before.</param>
internal sealed record FoundPlace(PromptRun Run, IReadOnlyList<int> On, IReadOnlySet<int> Begins)
{
    /// <param name="findings">How many there are; a number beyond them is nobody's.</param>
    internal static IEnumerable<FoundPlace> Of(IEnumerable<PromptRun> runs, int findings)
    {
        var seen = new HashSet<int>();
        foreach (var run in runs)
        {
            int[] on = run.Finding is { } first && first >= 0 && first < findings ? [first, .. (run.Also ?? []).Where(other => other >= 0 && other < findings && other != first)] : [];
            yield return new(run, on, on.Where(seen.Add).ToHashSet());
        }
    }
}
