using System.Text.RegularExpressions;
using Contracts;
using Gateway.Masking;
using Gateway.Policy;
using Gateway.Prompts;

namespace Gateway.Proxying;

/// <summary>The first words of the last turn with every sensitive value masked: enough to recognise a prompt in a queue.</summary>
internal static partial class PromptExcerpt
{
    private const int Longest = 200;

    /// <summary>Masked over this much, so that no value is cut before it is hidden.</summary>
    private const int Considered = 4_000;

    public static string Of(Prompt prompt, IReadOnlyList<Finding> findings)
    {
        var part = prompt.Body.Parts.LastOrDefault(p => p is { Role: "user", Kind: "text" }) ?? (prompt.Body.Parts.Count > 0 ? prompt.Body.Parts[0] : null);
        if (part is null) return "";
        var hidden = findings.Where(f => f.Path == part.Path && PromptPolicy.Hides(f)).ToList();
        var masked = TextMask.Apply(part.Text, hidden, new Pseudonyms([part.Text]));
        var line = Spaces().Replace(masked.Length > Considered ? masked[..Considered] : masked, " ").Trim();
        if (line.Length <= Longest) return line;
        var cut = char.IsHighSurrogate(line[Longest - 2]) ? Longest - 2 : Longest - 1;
        return string.Concat(line.AsSpan(0, cut), "…");
    }

    [GeneratedRegex(@"\s+", RegexOptions.NonBacktracking)]
    private static partial Regex Spaces();
}
