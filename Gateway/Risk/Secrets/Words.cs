using System.Buffers;

namespace Gateway.Risk.Secrets;

/// <summary>Where words and white-space-free runs begin and end.</summary>
internal static class Words
{
    /// <summary>Nothing that could belong to the same word stands right before; a percent-encoded character is not a letter.</summary>
    public static bool StartsAt(string text, int at)
    {
        if (at > 1 && text[at - 1] == '.' && char.IsLetter(text[at - 2])) return false; // A file's ending.
        if (at == 0 || !char.IsLetterOrDigit(text[at - 1])) return true;
        return (at >= 3 && text[at - 3] == '%') || (at >= 2 && text[at - 2] == '\\' && text[at - 1] is 'n' or 't' or 'r');
    }

    /// <summary>After anything but a letter, or at the capital of <c>camelCase</c>.</summary>
    public static bool StartsNamePart(string text, int at) =>
        at == 0 || !char.IsLetter(text[at - 1]) || (char.IsUpper(text[at]) && char.IsLower(text[at - 1]));

    /// <summary>Where <c>name=value;other=…</c> or <c>name=value&amp;other=…</c> turns to the next pair.</summary>
    public static int EndOfPair(string text, int start, int end)
    {
        for (var at = start; text.AsSpan(at, end - at).IndexOfAny(';', '&', ',') is >= 0 and var next; at++)
        {
            at += next;
            var name = at + 1;
            while (name < end && (char.IsLetterOrDigit(text[name]) || text[name] is '_' or '-')) name++;
            if (name > at + 1 && (name == end || text[name] == '=')) return at;
        }
        return end;
    }

    private static readonly SearchValues<char> EndsRun = SearchValues.Create([.. Enumerable.Range(0, char.MaxValue + 1).Select(c => (char)c).Where(c => char.IsWhiteSpace(c) || c is '"' or '\'' or '`' or '<')]);

    public static int EndOfRun(string text, int from) => text.AsSpan(from).IndexOfAny(EndsRun) is >= 0 and var length ? from + length : text.Length;

    public static bool IsUuid(string value) => value.Length == 36 && Guid.TryParseExact(value, "D", out _);
}
