using System.Text;
using Contracts;

namespace Gateway.Masking;

/// <summary>Masks the findings of one string of a request.</summary>
internal static class TextMask
{
    /// <summary>
    /// Each finding's span becomes its value's token; overlapping spans become one, named after the longest of them.
    /// </summary>
    public static string Apply(string text, IEnumerable<Finding> findings, Pseudonyms pseudonyms) => Apply(text, findings, pseudonyms.TokenFor);

    /// <param name="tokenFor">Given type and value: what stands in its place.</param>
    public static string Apply(string text, IEnumerable<Finding> findings, Func<string, string, string> tokenFor)
    {
        var masked = new StringBuilder(text.Length);
        var copied = 0;
        foreach (var (start, end, type) in Merged(findings, text.Length))
        {
            masked.Append(text, copied, start - copied).Append(tokenFor(type, text[start..end]));
            copied = end;
        }
        return copied == 0 ? text : masked.Append(text, copied, text.Length - copied).ToString();
    }

    private static IEnumerable<(int Start, int End, string Type)> Merged(IEnumerable<Finding> findings, int length)
    {
        (int Start, int End, string Type)? open = null;
        var longest = 0;
        foreach (var finding in findings.Where(f => f.Start < f.End).OrderBy(f => f.Start))
        {
            ArgumentOutOfRangeException.ThrowIfNegative(finding.Start, nameof(findings));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(finding.End, length, nameof(findings));

            if (open is { } merged && finding.Start < merged.End)
            {
                var wins = finding.End - finding.Start > longest;
                open = (merged.Start, Math.Max(merged.End, finding.End), wins ? finding.Type : merged.Type);
                longest = Math.Max(longest, finding.End - finding.Start);
                continue;
            }

            if (open is { } done) yield return done;
            open = (finding.Start, finding.End, finding.Type);
            longest = finding.End - finding.Start;
        }
        if (open is { } rest) yield return rest;
    }
}
