using Contracts;
using Contracts.Api;
using Gateway.Parking;
using Gateway.Policy;
using Gateway.Prompts;

namespace Gateway.Interactions;

/// <summary>Lays a prompt out for people: each text in runs of plain and found, the sensitive ones behind a label.</summary>
internal static class PromptViews
{
    /// <param name="answer">The texts of the answer that waits; empty where it is the prompt.</param>
    public static PromptView Of(Ticket ticket, JsonBody body, IReadOnlyList<PromptPart> answer)
    {
        var findings = ticket.Edited?.Findings ?? ticket.Findings;
        var prompt = Laid(body.Parts, findings);
        return new PromptView
        {
            TicketId = ticket.Id,
            Digest = ticket.Edited?.Digest ?? ticket.Digest,
            Model = ticket.Edited?.Model ?? ticket.Model,
            Parts = [.. prompt, .. Laid(answer, findings)],
            AnswerFrom = ticket.HeldText is null ? null : prompt.Count,
        };
    }

    public static IReadOnlyList<PromptPartView> Laid(IEnumerable<PromptPart> parts, IReadOnlyList<Finding> all)
    {
        var findings = all.Select((finding, index) => (finding, index)).ToLookup(f => f.finding.Path);
        return [.. parts.Where(p => p.Kind is not ("name" or "number") || findings.Contains(p.Path)).Select(p => new PromptPartView(p.Path, p.Role, p.Kind, Runs(p.Text, findings[p.Path])))];
    }

    private static List<PromptRun> Runs(string text, IEnumerable<(Finding Finding, int Index)> findings)
    {
        var runs = new List<PromptRun>();
        var at = 0;
        foreach (var (finding, index) in Apart(text, findings))
        {
            if (finding.Start > at) runs.Add(new PromptRun(text[at..finding.Start], null, false));
            var hidden = PromptPolicy.Hides(finding);
            runs.Add(new PromptRun(hidden ? $"[{finding.Type}]" : text[finding.Start..finding.End], index, hidden));
            at = finding.End;
        }
        if (at < text.Length) runs.Add(new PromptRun(text[at..], null, false));
        return runs;
    }

    /// <summary>Findings that do not overlap: hidden ones first, so that no other finding's run shows what one of them hides.</summary>
    private static IEnumerable<(Finding Finding, int Index)> Apart(string text, IEnumerable<(Finding Finding, int Index)> findings)
    {
        var placed = new List<(Finding Finding, int Index)>();
        foreach (var candidate in findings.Where(f => f.Finding.End <= text.Length)
            .OrderByDescending(f => PromptPolicy.Hides(f.Finding)).ThenBy(f => f.Finding.Category).ThenBy(f => f.Finding.Start).ThenByDescending(f => f.Finding.End))
        {
            if (!placed.Exists(p => p.Finding.Start < candidate.Finding.End && candidate.Finding.Start < p.Finding.End)) placed.Add(candidate);
            // Two hidden ones that overlap: what the second adds must not show either.
            else if (PromptPolicy.Hides(candidate.Finding)) Widen(placed, candidate.Finding);
        }
        return placed.OrderBy(p => p.Finding.Start);
    }

    private static void Widen(List<(Finding Finding, int Index)> placed, Finding hidden)
    {
        var i = placed.FindIndex(p => p.Finding.Start < hidden.End && hidden.Start < p.Finding.End);
        var (first, index) = placed[i];
        var wide = first with { Start = Math.Min(first.Start, hidden.Start), End = Math.Max(first.End, hidden.End) };
        placed.RemoveAt(i);
        // The wider one may touch another: join them too.
        if (placed.Exists(p => p.Finding.Start < wide.End && wide.Start < p.Finding.End)) Widen(placed, wide);
        else placed.Add((wide, index));
    }
}
