using Contracts;
using Contracts.Api;
using Gateway.Parking;
using Gateway.Policies;
using Gateway.Prompts;

namespace Gateway.Interactions;

/// <summary>Lays a prompt out for people: each text in runs of plain and found, the sensitive ones behind a label.</summary>
internal static class PromptViews
{
    /// <param name="answer">The texts of the answer that waits; empty where it is the prompt.</param>
    public static PromptView Of(Ticket ticket, JsonBody body, IReadOnlyList<PromptPart> answer)
    {
        var findings = ticket.ReviewedFindings;
        var prompt = Laid(body.Parts, findings);
        return new PromptView
        {
            TicketId = ticket.Id,
            Digest = ticket.ReviewedDigest,
            Model = ticket.Edited?.Model ?? ticket.Model,
            Parts = [.. prompt, .. Laid(answer, findings)],
            AnswerFrom = ticket.HeldText is null ? null : prompt.Count,
        };
    }

    public static IReadOnlyList<PromptPartView> Laid(IEnumerable<PromptPart> parts, IReadOnlyList<Finding> all)
    {
        var findings = all.Select((finding, index) => (finding, index)).ToLookup(f => f.finding.Path);
        return [.. parts.Where(p => p.Kind is not ("name" or "number") || findings.Contains(p.Path)).Select(p => new PromptPartView(p.Path, p.Role, p.Kind, FoundRuns.Of(p.Text, findings[p.Path])))];
    }

    /// <summary>Part by part. An attachment that was dropped may move what stands behind it, which then shows as changed.</summary>
    public static IReadOnlyList<PartChange> Changes(IReadOnlyList<PromptPartView> before, IReadOnlyList<PromptPartView> after)
    {
        var now = after.ToLookup(part => part.Path, Words);
        return [.. before.Where(part => now[part.Path].FirstOrDefault() != Words(part)).Select(part => new PartChange(part.Path, PolicyViews.Diff(Words(part), now[part.Path].FirstOrDefault() ?? "")))];
    }

    /// <summary>A hidden value looks like nothing that anybody can write.</summary>
    private static string Words(PromptPartView part) => string.Concat(part.Runs.Select(run => run.Masked ? $"{EditToken.Open}{run.Text.Trim('[', ']')}{EditToken.Close}" : run.Text));
}
