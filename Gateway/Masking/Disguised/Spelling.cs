using System.Text;

namespace Gateway.Masking.Disguised;

/// <summary>
/// Values spelled out: <c>4 1 1 1 …</c>, one character a line, <c>a n n @ …</c>, <c>four one one one …</c>. Such words are
/// no ends of units (<see cref="GoesOn"/>), so that what they spell is held and judged as one.
/// </summary>
internal static class Spelling
{
    /// <summary>Fewer in a row spell nothing.</summary>
    private const int Fewest = 6;
    private const int LongestWord = 5;
    private static readonly string[] Words = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];

    [Flags]
    private enum Kinds
    {
        None = 0,
        Digit = 1,
        Character = 2,
    }

    /// <summary>Whether what is spelled before a white space goes on behind it; null when the text behind is too short to tell. At most 7 characters ahead are looked at.</summary>
    public static bool? GoesOn(ReadOnlySpan<char> text, int space, bool final)
    {
        var left = text[Math.Max(0, space - LongestWord - 3)..space].TrimEnd([',', ';']);
        if (left.Length > 0 && char.IsWhiteSpace(left[^1])) left = left[..^1].TrimEnd([',', ';']);
        var begin = left.Length;
        while (begin > 0 && !char.IsWhiteSpace(left[begin - 1])) begin--;
        var kinds = KindsOf(left[begin..], out _);
        if (kinds == Kinds.None) return false;

        var right = text[(space + 1)..];
        if (right.Length > 0 && char.IsWhiteSpace(right[0])) right = right[1..];
        var end = 0;
        while (end < right.Length && end <= LongestWord && !IsGap(right[end])) end++;
        if (end < right.Length || final) return (kinds & KindsOf(right[..end], out _)) != 0;
        return MayBecome(right, kinds) ? null : false;
    }

    private static bool MayBecome(ReadOnlySpan<char> beginning, Kinds kinds)
    {
        if (beginning.IsEmpty || (beginning.Length == 1 && (kinds & KindsOf(beginning, out _)) != 0)) return true;
        if ((kinds & Kinds.Digit) == 0) return false;
        foreach (var word in Words)
        {
            if (word.AsSpan().StartsWith(beginning, StringComparison.OrdinalIgnoreCase)) return true;
        }
        return false;
    }

    /// <summary>What is spelled in a unit: each run of at least six single characters and digits in words.</summary>
    public static IReadOnlyList<Reading> In(ReadOnlySpan<char> unit)
    {
        if (unit.Length < 2 * Fewest) return [];

        List<Reading>? readings = null;
        var (text, places) = (new StringBuilder(), new List<(int, int)>());
        for (var start = 0; start <= unit.Length;)
        {
            var end = start;
            while (end < unit.Length && !IsSeparator(unit[end])) end++;
            var word = unit[start..end];
            if (word.IsEmpty || KindsOf(word, out var c) == Kinds.None)
            {
                if (!word.IsEmpty || end == unit.Length) Complete();
            }
            else
            {
                text.Append(c);
                places.Add((start, end));
            }
            start = end + 1;
        }
        Complete();
        return readings ?? [];

        void Complete()
        {
            if (text.Length >= Fewest) (readings ??= []).Add(new Reading(text.ToString(), [.. places]));
            text.Clear();
            places.Clear();
        }
    }

    private static Kinds KindsOf(ReadOnlySpan<char> word, out char c)
    {
        c = '\0';
        if (word.Length == 1)
        {
            c = word[0];
            if (char.IsAsciiDigit(c)) return Kinds.Digit | Kinds.Character;
            return char.IsAsciiLetter(c) || c is '@' or '.' or '_' or '-' or '+' ? Kinds.Character : Kinds.None;
        }
        for (var digit = 0; digit < Words.Length; digit++)
        {
            if (!word.Equals(Words[digit], StringComparison.OrdinalIgnoreCase)) continue;
            c = (char)('0' + digit);
            return Kinds.Digit;
        }
        return Kinds.None;
    }

    private static bool IsGap(char c) => char.IsWhiteSpace(c) || c is ',' or ';';

    /// <summary>Inside a unit dashes and strokes set characters apart as well: <c>4-1-1-1-…</c>.</summary>
    private static bool IsSeparator(char c) => IsGap(c) || c is '-' or '/' or '|' or '*' or '·' or '_';
}
