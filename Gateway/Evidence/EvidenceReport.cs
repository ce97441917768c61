using System.Globalization;
using System.Net;
using System.Text;
using Gateway.Audit;
using Gateway.Policies;
using Gateway.Proof;

namespace Gateway.Evidence;

/// <summary>What a bundle holds, for people: one page, for the screen and for paper.</summary>
internal sealed class EvidenceReport(EvidenceScope scope)
{
    /// <summary>Listed one by one; all of them are in the lines.</summary>
    private const int MostRows = 2_000;
    private readonly List<TrailEntry> rows = [];
    private readonly Dictionary<string, long> kinds = new(StringComparer.Ordinal);
    private readonly HashSet<string> policies = new(StringComparer.Ordinal);

    public long Entries { get; private set; }
    public IReadOnlySet<string> PolicyLabels => policies;

    public void Add(IReadOnlyList<TrailEntry> entries)
    {
        Entries += entries.Count;
        foreach (var entry in entries)
        {
            kinds[entry.Kind] = kinds.GetValueOrDefault(entry.Kind) + 1;
            if (entry.PolicyVersion is { } label) policies.Add(label);
            if (rows.Count < MostRows) rows.Add(entry);
        }
    }

    public string ToHtml(IReadOnlyList<Checkpoint> checkpoints, IEnumerable<string> keys, IReadOnlyList<PolicyVersion> versions)
    {
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $$"""
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><title>Evidence: {{Text(scope.Title)}}</title>
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <style>
            :root { color-scheme: light dark } body { font: 15px/1.5 system-ui, sans-serif; max-width: 72rem; margin: 2rem auto; padding: 0 1rem }
            h1 { font-size: 1.6rem } h2 { font-size: 1.15rem; margin-top: 2.2rem } table { border-collapse: collapse; width: 100% }
            th, td { text-align: left; vertical-align: top; padding: .3rem .6rem .3rem 0; border-bottom: 1px solid color-mix(in srgb, currentColor 18%, transparent) }
            th { font-weight: 600 } code { font: 13px/1.5 ui-monospace, monospace; overflow-wrap: anywhere } .n { text-align: right } .none { opacity: .55 }
            @media print { body { font-size: 10px; max-width: none; margin: 0 } thead { display: table-header-group } tr { break-inside: avoid } }
            </style></head><body>
            <h1>Evidence: {{Text(scope.Title)}}</h1>
            <p>{{(scope is EvidenceScope.Period
                ? "Every entry of the trail that the checkpoints below cover. A missing one would show."
                : "The entries of the trail that belong to this, and none of the others. What is here is proven; that nothing else was recorded is not.")}}
            Checked with <code>audit verify</code>: see VERIFY.md.</p>
            <table><tbody>
            <tr><th>Entries</th><td>{{Entries:N0}}</td></tr>
            <tr><th>Checkpoints</th><td>{{(checkpoints.Count == 0 ? "none" : $"{checkpoints[0].Number} to {checkpoints[^1].Number}, signed {Time(checkpoints[0].At)} to {Time(checkpoints[^1].At)}")}}</td></tr>
            <tr><th>Signed with</th><td>{{string.Join("<br>", keys.Select(key => $"<code>{Text(key)}</code>"))}}</td></tr>
            </tbody></table>

            """);
        Controls(page);
        Policies(page, versions);
        Rows(page);
        return page.Append("</body></html>\n").ToString();
    }

    private void Controls(StringBuilder page)
    {
        page.Append("<h2>Controls</h2>\n<table><thead><tr><th>Standard</th><th>Control</th><th>It asks</th><th>Answered by entries of the kinds</th><th class=\"n\">Here</th></tr></thead><tbody>\n");
        foreach (var control in ControlMap.All)
        {
            var count = kinds.Where(kind => control.IsAnsweredBy(kind.Key)).Sum(kind => kind.Value);
            page.Append(CultureInfo.InvariantCulture, $"<tr{(count == 0 ? " class=\"none\"" : "")}><td>{Text(control.Standard)}</td><td>{Text(control.Name)}</td><td>{Text(control.Asks)}</td><td>{Text(string.Join(", ", control.Kinds.Select(kind => kind.EndsWith('.') ? kind + "*" : kind)))}</td><td class=\"n\">{count:N0}</td></tr>\n");
        }
        page.Append("</tbody></table>\n");
    }

    private static void Policies(StringBuilder page, IReadOnlyList<PolicyVersion> versions)
    {
        if (versions.Count == 0) return;
        page.Append("<h2>Policies that judged</h2>\n<table><thead><tr><th>Version</th><th>In force from</th><th>Written by</th><th>Agreed to by</th><th>Why</th><th>SHA-256</th></tr></thead><tbody>\n");
        foreach (var version in versions)
            page.Append(CultureInfo.InvariantCulture, $"<tr><td>{Text(version.Label)}</td><td>{Time(version.At)}</td><td>{Text(version.AuthorName)}</td><td>{Text(version.ApproverName ?? version.ReviewedByName)}</td><td>{Text(version.Reason)}</td><td><code>{version.Digest}</code></td></tr>\n");
        page.Append("</tbody></table>\n");
    }

    private void Rows(StringBuilder page)
    {
        page.Append("<h2>Entries</h2>\n");
        if (Entries > rows.Count) page.Append(CultureInfo.InvariantCulture, $"<p>The first {rows.Count:N0} of {Entries:N0}; all are in entries.jsonl.</p>\n");
        page.Append("<table><thead><tr><th>Time (UTC)</th><th>Kind</th><th>Who</th><th>What</th><th>Ticket or interaction</th><th>Why</th></tr></thead><tbody>\n");
        foreach (var entry in rows)
        {
            var what = string.Join(" · ", new[]
            {
                entry.Outcome, entry.Decision, entry.Rule, entry.Score is { } score ? $"score {score}" : null, entry.FindingTypes.Trim(',').Replace(",", ", ", StringComparison.Ordinal), entry.Model, entry.Subject, entry.PolicyVersion,
            }.Where(word => !string.IsNullOrEmpty(word)).Distinct());
            page.Append(CultureInfo.InvariantCulture, $"<tr><td>{Time(entry.At)}</td><td>{Text(entry.Kind)}</td><td>{Text(entry.ActorName is { Length: > 0 } name ? $"{name} ({entry.Actor})" : entry.Actor)}</td><td>{Text(what)}</td><td><code>{Text(entry.TicketId ?? entry.InteractionId)}</code></td><td>{Text(entry.Reason)}</td></tr>\n");
        }
        page.Append("</tbody></table>\n");
    }

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>What people wrote is shown as it is: nothing in it can turn the line around or hide.</summary>
    private static string Text(string? text)
    {
        if (string.IsNullOrEmpty(text)) return "";
        var shown = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned)
                shown.Append(CultureInfo.InvariantCulture, $"⟨U+{rune.Value:X4}⟩");
            else shown.Append(rune);
        }
        return WebUtility.HtmlEncode(shown.ToString());
    }
}
