using System.Buffers;
using System.Text;

namespace Gateway.Risk.Secrets.Written;

/// <summary>
/// Whether a pattern may fit where its trigger stands, seen without the pattern. A text may be nothing but triggers; a look at
/// the characters that must follow costs a twentieth of asking the pattern. None of these says no where the pattern fits: where
/// letters beyond ASCII stand, which a pattern may take for others, they say that it may.
/// </summary>
internal static class Beginnings
{
    /// <summary>Longest name of a password, with room to spare.</summary>
    private const int LongestName = 24;

    /// <summary>From the beginning of a name to the quote that opens its value: the longest name, its ending, brackets, the sign of equality, spaces.</summary>
    private const int ToQuote = 48;

    /// <summary>Of an option: two dashes, 24 characters, the longest of <see cref="OptionNames"/>, and what parts it from its value.</summary>
    private const int LongestOption = 36;

    /// <summary>As much as a rule looks at.</summary>
    private const int LongestRun = 1_024;

    /// <summary>Of a token, behind its first dot.</summary>
    private const int ShortestPart = 4;

    private static readonly string[] OptionNames = ["token", "secret", "key", "password", "passwd", "pwd"];

    private static readonly SearchValues<char> WhiteSpace = SearchValues.Create([.. Enumerable.Range(0, char.MaxValue + 1).Select(c => (char)c).Where(char.IsWhiteSpace)]);
    private static readonly SearchValues<char> Quotes = SearchValues.Create("\"'`“„«‘");
    private static readonly SearchValues<char> TokenCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    /// <summary>"password hunter2x": a space right behind the name.</summary>
    public static bool HasSpaceBehindName(ReadOnlySpan<char> text) => AtMost(text, LongestName).ContainsAny(' ', '\t');

    /// <summary>"password for bob to": a space before a value may begin at the latest.</summary>
    public static bool HasSpace(ReadOnlySpan<char> text) => AtMost(text, InspectedText.ContextLength).ContainsAny(' ', '\t');

    /// <summary>"password is bluehorse": white space before a value may begin at the latest.</summary>
    public static bool HasWhiteSpace(ReadOnlySpan<char> text) => AtMost(text, InspectedText.ContextLength).ContainsAny(WhiteSpace);

    /// <summary>"passphrase: 'seven otters'": the quote that opens a value.</summary>
    public static bool HasQuote(ReadOnlySpan<char> text) => AtMost(text, InspectedText.ContextLength + 1).ContainsAny(Quotes);

    /// <summary>A quote follows, or the name is written in capitals.</summary>
    public static bool IsQuotedOrLoud(ReadOnlySpan<char> text) => AtMost(text, ToQuote).ContainsAny('"', '\'') || !char.IsAsciiLetterLower(text[0]);

    /// <summary><c>--api-key=</c>: the option is named like a secret, up to where its value begins.</summary>
    public static bool IsSecretOption(ReadOnlySpan<char> text)
    {
        var option = AtMost(text, LongestOption);
        var end = option.IndexOfAny(' ', '=');
        if (end < 0) return false;
        if (!Ascii.IsValid(option[..end])) return true;
        foreach (var name in OptionNames)
        {
            if (option[..end].EndsWith(name, StringComparison.OrdinalIgnoreCase)) return true;
        }
        return false;
    }

    /// <summary>The run of letters, digits and dashes that begins here ends with a dot that more of them follow, as a token's first part does.</summary>
    public static bool IsDottedRun(ReadOnlySpan<char> text)
    {
        var run = AtMost(text, LongestRun);
        var end = run.IndexOfAnyExcept(TokenCharacters);
        if (end < 0 || end + ShortestPart >= run.Length) return false;
        return !char.IsAscii(run[end]) || (run[end] == '.' && IsRun(run.Slice(end + 1, ShortestPart)));
    }

    private static bool IsRun(ReadOnlySpan<char> text) => text.IndexOfAnyExcept(TokenCharacters) is var odd && (odd < 0 || !char.IsAscii(text[odd]));

    private static ReadOnlySpan<char> AtMost(ReadOnlySpan<char> text, int length) => text[..Math.Min(text.Length, length)];
}
