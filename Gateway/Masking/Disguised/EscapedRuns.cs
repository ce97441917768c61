using System.Globalization;
using System.Text;

namespace Gateway.Masking.Disguised;

/// <summary>Characters written as <c>%40</c>, <c>&amp;#64;</c>, <c>&amp;#x40;</c>, <c>&amp;commat;</c>, <c>\u0040</c> or <c>\x40</c>.</summary>
internal static class EscapedRuns
{
    private const int LongestEntity = 10;

    private static readonly Dictionary<string, char> Named = new(StringComparer.Ordinal)
    {
        ["commat"] = '@', ["period"] = '.', ["lowbar"] = '_', ["plus"] = '+', ["hyphen"] = '-', ["dash"] = '-', ["nbsp"] = ' ', ["colon"] = ':', ["sol"] = '/', ["num"] = '#',
    };

    /// <summary>The unit without its escapes; null when it has none.</summary>
    public static Reading? Read(ReadOnlySpan<char> unit)
    {
        if (unit.IndexOfAny('%', '&', '\\') < 0) return null;

        var (text, places, escaped) = (new StringBuilder(unit.Length), new List<(int, int)>(unit.Length), false);
        for (var at = 0; at < unit.Length;)
        {
            var length = Escape(unit[at..], out var c);
            escaped |= length > 0;
            text.Append(length > 0 ? c : unit[at]);
            places.Add((at, at + Math.Max(length, 1)));
            at += Math.Max(length, 1);
        }
        // An escaped half of a surrogate pair is no text a detector may see.
        return escaped && !HasLoneSurrogate(text) ? new Reading(text.ToString(), places) : null;
    }

    private static int Escape(ReadOnlySpan<char> text, out char c)
    {
        c = '\0';
        return text switch
        {
            ['%', ..] => Hex(text, 1, 2, out c),
            ['\\', 'x', ..] => Hex(text, 2, 2, out c),
            ['\\', 'u', ..] => Hex(text, 2, 4, out c),
            ['&', ..] => Entity(text, out c),
            _ => 0,
        };
    }

    private static int Hex(ReadOnlySpan<char> text, int from, int digits, out char c)
    {
        c = '\0';
        if (text.Length < from + digits || !ushort.TryParse(text.Slice(from, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)) return 0;
        c = (char)code;
        return from + digits;
    }

    private static int Entity(ReadOnlySpan<char> text, out char c)
    {
        c = '\0';
        var end = text[..Math.Min(text.Length, LongestEntity)].IndexOf(';');
        if (end < 2) return 0;

        var name = text[1..end];
        if (name is not ['#', ..]) return Named.TryGetValue(name.ToString(), out c) ? end + 1 : 0;
        var hex = name is [_, 'x' or 'X', ..];
        if (!ushort.TryParse(name[(hex ? 2 : 1)..], hex ? NumberStyles.AllowHexSpecifier : NumberStyles.None, CultureInfo.InvariantCulture, out var code)) return 0;
        c = (char)code;
        return end + 1;
    }

    private static bool HasLoneSurrogate(StringBuilder text)
    {
        foreach (var rune in text.ToString().EnumerateRunes())
        {
            if (rune == Rune.ReplacementChar) return true;
        }
        return false;
    }
}
