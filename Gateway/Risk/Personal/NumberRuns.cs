using System.Buffers;

namespace Gateway.Risk.Personal;

/// <summary>Groups of digits that stand together: joined by one space, dash, dot or slash, or by brackets around a group.</summary>
/// <param name="Start">First unit, a leading <c>+</c> or <c>(</c> included.</param>
/// <param name="Groups">Start and end of each group of digits, in order.</param>
internal readonly record struct NumberRun(int Start, int End, ArraySegment<(int Start, int End)> Groups)
{
    public int Digits
    {
        get
        {
            var digits = 0;
            for (var i = 0; i < Groups.Count; i++) digits += Groups[i].End - Groups[i].Start;
            return digits;
        }
    }

    public static string DigitsOf(string text, int start, int end) => string.Concat(text[start..end].Where(char.IsAsciiDigit));
}

internal static class NumberRuns
{
    /// <summary>More groups than any number people write; a longer run is cut here.</summary>
    private const int MostGroups = 64;

    /// <summary>Of a telephone number; nobody looks at what is shorter, and a text may be full of that.</summary>
    public const int FewestDigits = 7;

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789");

    /// <summary>Those of <see cref="FewestDigits"/> at least, in order. The groups of all lie in one piece of memory: a text may be nothing but numbers.</summary>
    public static NumberRun[] In(string text)
    {
        List<(int Start, int End)> groups = [];
        List<(int Start, int End, int First)> runs = [];
        for (var at = Next(text, 0); at >= 0;)
        {
            var (start, first) = (at, groups.Count);
            if (start > 0 && text[start - 1] == '(' && EndOfGroup(text, start) is var close && close < text.Length && text[close] == ')') start--;
            if (start > 0 && text[start - 1] == '+') start--;
            var (end, digits) = (at, 0);
            do
            {
                end = EndOfGroup(text, at);
                groups.Add((at, end));
                digits += end - at;
                at = groups.Count - first < MostGroups ? NextGroup(text, end) : -1;
            }
            while (at >= 0);
            if (digits >= FewestDigits) runs.Add((start, end, first));
            else groups.RemoveRange(first, groups.Count - first);
            at = Next(text, end);
        }
        if (runs.Count == 0) return [];
        var all = groups.ToArray();
        var found = new NumberRun[runs.Count];
        for (var i = 0; i < found.Length; i++)
        {
            var (start, end, first) = runs[i];
            found[i] = new(start, end, new(all, first, (i + 1 < found.Length ? runs[i + 1].First : all.Length) - first));
        }
        return found;
    }

    private static int Next(string text, int from)
    {
        var at = text.AsSpan(from).IndexOfAny(Digits);
        return at < 0 ? -1 : from + at;
    }

    private static int EndOfGroup(string text, int from)
    {
        while (from < text.Length && char.IsAsciiDigit(text[from])) from++;
        return from;
    }

    /// <summary>Start of the group that is joined to one ending at <paramref name="end"/>, or -1.</summary>
    private static int NextGroup(string text, int end)
    {
        var at = end;
        if (at < text.Length && text[at] == ')') at++;
        var joined = at > end;
        if (at < text.Length && text[at] is ' ' or '\u00A0' or '-' or '.' or '/' or '\u2011' or '\u2013')
        {
            at++;
            joined = true;
        }
        if (at < text.Length && text[at] == '(')
        {
            at++;
            joined = true;
        }
        return joined && at < text.Length && char.IsAsciiDigit(text[at]) ? at : -1;
    }
}
