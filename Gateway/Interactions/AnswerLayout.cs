using Contracts;
using Contracts.Api;
using Gateway.Masking;
using Gateway.Policy;

namespace Gateway.Interactions;

/// <summary>
/// Lays a recorded answer out for people. It left with the caller's own values in it, so they are hidden again here, under the number
/// they have in the request; what else is sensitive is hidden behind its type, and is not revealed.
/// </summary>
internal static class AnswerLayout
{
    /// <summary>Shorter ones would hide half of the text.</summary>
    private const int ShortestValue = 3;

    public static IReadOnlyList<PromptPartView> Of(IReadOnlyList<PromptPart> answer, IReadOnlyList<PromptPart> request, IReadOnlyList<Finding> findings, FindSensitive findSensitive)
    {
        var values = findings.Index().Where(found => PromptPolicy.Hides(found.Item))
            .Select(found => (found.Index, found.Item.Type, Value: request.FirstOrDefault(part => part.Path == found.Item.Path && part.Text.Length >= found.Item.End)?.Text[found.Item.Start..found.Item.End]))
            .Where(found => found.Value is { Length: >= ShortestValue }).DistinctBy(found => found.Value).OrderByDescending(found => found.Value!.Length).ToList();
        return [.. answer.Where(part => part.Text.Length > 0 && part.Kind is not ("name" or "number")).Select(part => new PromptPartView(part.Path, part.Role, part.Kind, Runs(part.Text, values, findSensitive)))];
    }

    private static List<PromptRun> Runs(string text, List<(int Index, string Type, string? Value)> values, FindSensitive findSensitive)
    {
        var hidden = new List<(int Start, int End, PromptRun Run)>();
        foreach (var (index, type, value) in values)
            for (var at = text.IndexOf(value!, StringComparison.Ordinal); at >= 0; at = text.IndexOf(value!, at + value!.Length, StringComparison.Ordinal)) Add(at, at + value!.Length, new PromptRun($"[{type}]", index, true)); // only those with a value are asked for
        foreach (var finding in findSensitive(text).Where(finding => finding.End <= text.Length)) Add(finding.Start, finding.End, new PromptRun($"[{finding.Type}]", null, false));

        var runs = new List<PromptRun>();
        var from = 0;
        foreach (var (start, end, run) in hidden.OrderBy(one => one.Start))
        {
            if (start > from) runs.Add(new PromptRun(text[from..start], null, false));
            runs.Add(run);
            from = end;
        }
        if (from < text.Length) runs.Add(new PromptRun(text[from..], null, false));
        return runs;

        // What overlaps is hidden as a whole, under what was there first.
        void Add(int start, int end, PromptRun run)
        {
            var touching = hidden.Where(one => one.Start < end && start < one.End).ToList();
            if (touching.Count > 0) run = touching[0].Run;
            hidden.RemoveAll(touching.Contains);
            hidden.Add((touching.Select(one => one.Start).Append(start).Min(), touching.Select(one => one.End).Append(end).Max(), run));
        }
    }
}
