using System.Globalization;
using ApprovalsUI.Components.Text;
using Contracts;

namespace ApprovalsUI.Components.Queue;

/// <summary>Detectors' names as words: <c>EMAIL_ADDRESS</c> reads "Email address".</summary>
internal static class FindingWords
{
    private static readonly string[] Initials = ["US", "UK", "SSN", "IBAN", "IP", "URL", "MAC", "API", "AWS", "JWT", "NPI", "MBI", "MRN"];

    internal static string Of(string type)
    {
        var words = VisibleText.InOneLine(type).Split('_', StringSplitOptions.RemoveEmptyEntries)
            .Select((word, at) => Initials.Contains(word) ? word : at == 0 ? Capital(word) : word.ToLowerInvariant());
        return string.Join(' ', words);
    }

    internal static string Of(RiskCategory category) => category switch
    {
        RiskCategory.Secret => "Secret",
        RiskCategory.Personal => "Personal data",
        RiskCategory.Attack => "Attack",
        RiskCategory.Code => "Source code",
        RiskCategory.Confidential => "Confidential",
        RiskCategory.Unusual => "Unusual",
        RiskCategory.Fault => "Not scanned",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>Some are about the whole call: how it came, or an attachment nobody could look into.</summary>
    internal static bool HasPlace(Finding finding) => finding.End > finding.Start;

    /// <summary>How sure the detector is, in a word and a number.</summary>
    internal static string Sureness(double confidence)
    {
        var percent = Math.Round(Math.Clamp(confidence, 0, 1) * 100).ToString(CultureInfo.InvariantCulture);
        var word = confidence switch { >= 0.9 => "almost certain", >= 0.7 => "likely", >= 0.4 => "possible", _ => "a guess" };
        return $"{word}, {percent} %";
    }

    /// <summary>What, how sure, why, and what found it: a line each.</summary>
    internal static string About(Finding finding) =>
        $"{Of(finding.Type)}, {Sureness(finding.Confidence)}\n{VisibleText.InOneLine(finding.Reason)}\n{VisibleText.InOneLine(finding.Detector)}";

    private static string Capital(string word) =>
        char.ToUpperInvariant(word[0]) + word[1..].ToLowerInvariant();
}
