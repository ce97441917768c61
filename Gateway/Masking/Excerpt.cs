using System.Text.RegularExpressions;
using Contracts;

namespace Gateway.Masking;

/// <summary>The first words of a text with every sensitive value masked: enough to recognise it in a queue.</summary>
internal static partial class Excerpt
{
    private const int Longest = 200;

    /// <summary>Masked over this much, so that no value is cut before it is hidden.</summary>
    private const int Considered = 4_000;

    /// <param name="hidden">What must not show.</param>
    public static string Of(string text, IEnumerable<Finding> hidden) => Of(text, hidden, out _);

    /// <param name="hidden">What must not show.</param>
    /// <param name="isCut">Whether there is more of it.</param>
    public static string Of(string text, IEnumerable<Finding> hidden, out bool isCut)
    {
        var masked = TextMask.Apply(text, hidden, new Pseudonyms([text]));
        var line = Spaces().Replace(masked.Length > Considered ? masked[..Considered] : masked, " ").Trim();
        isCut = line.Length > Longest || masked.Length > Considered;
        if (line.Length <= Longest) return line;
        var cut = char.IsHighSurrogate(line[Longest - 2]) ? Longest - 2 : Longest - 1;
        return string.Concat(line.AsSpan(0, cut), "…");
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
