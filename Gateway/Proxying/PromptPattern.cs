using System.Security.Cryptography;
using System.Text;
using Contracts;
using Gateway.Masking;
using Gateway.Policy;
using Gateway.Prompts;

namespace Gateway.Proxying;

/// <summary>A name for prompts that say the same but for values and numbers, so that people can decide about them together.</summary>
internal static class PromptPattern
{
    /// <summary>A longer one is looked at by itself.</summary>
    private const int LongestText = 100_000;
    private const int Digits = 32;

    /// <returns>Empty where nobody can tell: what is attached may differ.</returns>
    public static string Of(string caller, Prompt prompt, IReadOnlyList<Finding> findings, string rule)
    {
        if (prompt.Body.Unreadable > 0 || prompt.Body.Length > LongestText) return "";
        var hidden = findings.Where(PromptPolicy.Hides).ToLookup(finding => finding.Path);
        var words = new StringBuilder();
        foreach (var part in prompt.Body.Parts)
        {
            words.Append(part.Role).Append(' ').Append(part.Kind).Append('\n');
            Append(words, hidden.Contains(part.Path) ? TextMask.Apply(part.Text, hidden[part.Path], (type, _) => Labels.Hidden(type)) : part.Text);
            words.Append('\0');
        }
        var types = string.Join(',', findings.Where(finding => finding.Category != RiskCategory.Unusual).Select(finding => finding.Type).Distinct().Order(StringComparer.Ordinal));
        var name = string.Join('\n', caller, prompt.Route, prompt.Model, rule, types, words);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..Digits];
    }

    /// <summary>Every number is the same number, and every gap the same gap.</summary>
    private static void Append(StringBuilder words, string text)
    {
        var last = '\0';
        foreach (var c in text)
        {
            var plain = char.IsDigit(c) ? '0' : char.IsWhiteSpace(c) ? ' ' : char.ToLowerInvariant(c);
            if (plain is not ('0' or ' ') || plain != last) words.Append(plain);
            last = plain;
        }
    }
}
