using System.Buffers;
using System.Text;

namespace Gateway.Risk.Attacks;

/// <summary>Letters written as pairs of hexadecimal digits: <c>69 67</c>, <c>\x69\x67</c>, <c>0x69,0x67</c>, or <c>%69%67</c> in a text.</summary>
internal static class HexText
{
    /// <summary>Fewer letters hold no sentence worth hiding.</summary>
    private const int Shortest = 12;

    private const int FewestPercents = 6;

    /// <summary>What the pair of a printable character, or of a line break, begins with.</summary>
    private static readonly SearchValues<char> Firsts = SearchValues.Create("0234567");

    public static void AddTo(List<Disguise> found, string text)
    {
        if (text.AsSpan().Count('%') >= FewestPercents && Percents(text) is { } plain) found.Add(new(0, text.Length, "in percent signs", plain));
        for (var at = 0; text.AsSpan(at).IndexOfAny(Firsts) is >= 0 and var next;)
        {
            at += next;
            if (at > 0 && char.IsAsciiLetterOrDigit(text[at - 1]) && text[at - 1] != 'x')
            {
                at++;
                continue;
            }
            var (end, decoded) = Run(text, at);
            if (decoded.Length >= Shortest && decoded.Count(c => char.IsLetter(c) || c == ' ') > 0.8 * decoded.Length) found.Add(new(at, end, "in hexadecimal digits", decoded));
            at = Math.Max(end, at + 1);
        }
    }

    private static (int End, string Decoded) Run(string text, int start)
    {
        StringBuilder? decoded = null; // most words that look like a pair are none: "be", "add"
        var (end, letters, first) = (start, 0, '\0');
        for (var at = start; at + 1 < text.Length && char.IsAsciiHexDigit(text[at]) && char.IsAsciiHexDigit(text[at + 1]); at = Separator(text, at + 2))
        {
            var value = (HexDigit.Value(text[at]) << 4) | HexDigit.Value(text[at + 1]);
            if (value is < 32 or > 126 and not '\n') return (at + 2, "");
            if (++letters > 1) (decoded ??= new StringBuilder().Append(first)).Append((char)value);
            else first = (char)value;
            end = at + 2;
        }
        return (end, decoded?.ToString() ?? "");
    }

    /// <summary>Past what may stand between two pairs.</summary>
    private static int Separator(string text, int at)
    {
        if (at < text.Length && text[at] is ' ' or ',' or ':' or '-') at++;
        if (at < text.Length && text[at] == ' ') at++;
        if (at + 1 < text.Length && text[at] is '\\' or '0' && text[at + 1] == 'x') at += 2;
        return at;
    }

    private static string? Percents(string text)
    {
        var plain = Uri.UnescapeDataString(text);
        return (text.Length - plain.Length) / 2 >= FewestPercents ? plain.Replace('+', ' ') : null;
    }
}
