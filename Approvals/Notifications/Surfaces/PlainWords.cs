using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Approvals.Notifications.Surfaces;

/// <summary>
/// Words that others wrote, for places that are not ours: on one line, bounded, with a mark for every character that nobody
/// would see or that would turn the line around, and with no address that a reader's program makes a link of.
/// </summary>
internal static partial class PlainWords
{
    /// <summary>More marks on one letter than any script needs; the rest would paint over other lines.</summary>
    private const int MostMarks = 4;

    public static string Of(string text, int most) => Of(text, most, out _);

    /// <param name="isCut">Whether something of it is not there, not even as a mark.</param>
    public static string Of(string text, int most, out bool isCut)
    {
        isCut = false;
        var words = new StringBuilder();
        var marks = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (words.Length >= most)
            {
                words.Append('…');
                isCut = true;
                break;
            }
            marks = Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark ? marks + 1 : 0;
            if (marks <= MostMarks) words.Append(Seen(rune));
            else isCut = true;
        }
        return WithoutAddresses(words.ToString());
    }

    private static string Seen(Rune rune) => rune.Value switch
    {
        '\n' or '\r' => "⏎",
        '\t' or ' ' => " ",
        // Drawn as nothing, though Unicode calls them letters, marks or symbols.
        0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or 0x2800 or 0x3164 or 0xFFA0 or (>= 0xFE00 and <= 0xFE0F) or (>= 0x180B and <= 0x180F) or (>= 0xE0100 and <= 0xE01EF) => Code(rune),
        _ => Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
                or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.SpaceSeparator => Code(rune),
            _ => rune.ToString(),
        },
    };

    private static string Code(Rune rune) => $"[U+{rune.Value:X4}]";

    /// <summary>Readers' programs make links of <c>https://…</c>, <c>mailto:…</c> and even <c>a.example</c>; written so, they do not.</summary>
    private static string WithoutAddresses(string words) => Scheme().Replace(Dot().Replace(words, "[.]"), "[:]");

    [GeneratedRegex(@"(?<=[\p{L}\p{M}\p{N}_-])[.\u3002\uFF0E\uFF61](?=\p{L})", RegexOptions.CultureInvariant)]
    private static partial Regex Dot();

    [GeneratedRegex(@"(?<=[A-Za-z][A-Za-z0-9+\-]*):(?=\S)", RegexOptions.CultureInvariant)]
    private static partial Regex Scheme();
}
