using Contracts;
using Contracts.Api;
using Gateway.Policy;

namespace Gateway.Interactions;

/// <summary>
/// Cuts one text at the borders of what was found in it, so that every finding has a place. What is hidden wins: no run of another
/// finding shows a character of it.
/// </summary>
internal static class FoundRuns
{
    public static IReadOnlyList<PromptRun> Of(string text, IEnumerable<(Finding Finding, int Index)> findings)
    {
        var placed = Placed(text, findings);
        var masks = Masks(placed);
        var shown = placed.Where(f => !PromptPolicy.Hides(f.Finding)).ToList();
        var runs = new List<PromptRun>();
        var at = 0;
        foreach (var mask in masks)
        {
            Show(text, at, mask.Start, shown, runs);
            var touching = placed.Where(f => f.Index != mask.Index && f.Finding.Start < mask.End && mask.Start < f.Finding.End).Select(f => f.Index);
            runs.Add(new PromptRun($"[{mask.Type}]", mask.Index, true) { Also = Others(touching) });
            at = mask.End;
        }
        Show(text, at, text.Length, shown, runs);
        return runs;
    }

    /// <summary>What of a text is hidden, each place under the finding whose mask stands there.</summary>
    public static IReadOnlyList<(int Start, int End, int Index, string Type)> Hidden(string text, IEnumerable<(Finding Finding, int Index)> findings) => Masks(Placed(text, findings));

    private static List<(Finding Finding, int Index)> Placed(string text, IEnumerable<(Finding Finding, int Index)> findings) =>
        [.. findings.Where(f => f.Finding.Start >= 0 && f.Finding.Start < f.Finding.End && f.Finding.End <= text.Length)
            .OrderBy(f => f.Finding.Category).ThenBy(f => f.Finding.Start).ThenByDescending(f => f.Finding.End)];

    /// <summary>Hidden findings that overlap are one mask, under the one that matters most: what the others add must not show either.</summary>
    private static List<(int Start, int End, int Index, string Type)> Masks(List<(Finding Finding, int Index)> placed)
    {
        var masks = new List<(int Start, int End, int Index, string Type)>();
        var rank = placed.Index().ToDictionary(f => f.Item.Index, f => f.Index);
        foreach (var (finding, index) in placed.Where(f => PromptPolicy.Hides(f.Finding)).OrderBy(f => f.Finding.Start))
        {
            if (masks.Count == 0 || masks[^1].End <= finding.Start) masks.Add((finding.Start, finding.End, index, finding.Type));
            else
            {
                var last = masks[^1];
                var first = rank[last.Index] < rank[index];
                masks[^1] = (last.Start, Math.Max(last.End, finding.End), first ? last.Index : index, first ? last.Type : finding.Type);
            }
        }
        return masks;
    }

    /// <summary>A stretch between masks, cut wherever a finding begins or ends.</summary>
    private static void Show(string text, int from, int to, List<(Finding Finding, int Index)> shown, List<PromptRun> runs)
    {
        var here = shown.Where(f => f.Finding.Start < to && from < f.Finding.End).ToList();
        var borders = here.SelectMany(f => new[] { f.Finding.Start, f.Finding.End }).Where(border => border > from && border < to).Append(to).Distinct().Order();
        foreach (var border in borders.Where(border => border > from))
        {
            var on = here.Where(f => f.Finding.Start < border && from < f.Finding.End).Select(f => f.Index).ToList();
            runs.Add(new PromptRun(text[from..border], on.Count > 0 ? on[0] : null, false) { Also = Others(on.Skip(1)) });
            from = border;
        }
    }

    private static List<int>? Others(IEnumerable<int> indexes) => indexes.ToList() is { Count: > 0 } others ? others : null;
}
