namespace Gateway.Masking;

/// <summary>
/// How models write a token back. Besides <c>[EMAIL_1]</c> these are read: any case, <c>[EMAIL 1]</c>, <c>[EMAIL-1]</c>,
/// leading zeros (<c>[EMAIL_01]</c>), and the escapes of Markdown (<c>\[EMAIL\_1\]</c>).
/// </summary>
/// <remarks>
/// Each names one token and no other: a token has one label and one number without leading zeros, and none is given out of
/// which any of these forms stands in the request. Left as it is what may be something else: <c>EMAIL_1</c> without brackets
/// is a variable's name, in other brackets a placeholder of somebody's template, <c>[EMAIL1]</c> another label.
/// </remarks>
internal static class TokenForm
{
    private const int LongestNumber = 6;
    private const int LongestLabel = 44;

    /// <summary>Length of the form that <paramref name="text"/> begins with, or 0.</summary>
    /// <param name="token">What it names, as it is given out but for case.</param>
    public static int Read(ReadOnlySpan<char> text, out string token)
    {
        token = "";
        var escaped = text is ['\\', '[', ..];
        if (!escaped && text is not ['[', ..]) return 0;

        var inner = text[(escaped ? 2 : 1)..];
        var end = 0;
        while (end < inner.Length && end < LongestLabel + LongestNumber && IsPart(inner[end])) end++;
        if (end == inner.Length || inner[end] != ']') return 0;

        inner = inner[..end];
        if (escaped != (inner is [.., '\\'])) return 0;
        if (escaped) inner = inner[..^1];
        if (!TryName(inner, out token)) return 0;
        return end + (escaped ? 3 : 2);
    }

    private static bool TryName(ReadOnlySpan<char> inner, out string token)
    {
        token = "";
        var number = inner.Length;
        while (number > 0 && char.IsAsciiDigit(inner[number - 1])) number--;
        var digits = inner[number..].TrimStart('0');
        if (digits.IsEmpty || number < 2 || inner[number - 1] is not ('_' or ' ' or '-')) return false;

        var label = inner[..(number - 1)].ToString();
        if (inner[number - 1] == '_' && label.EndsWith('\\')) label = label[..^1];
        label = label.Replace("\\_", "_", StringComparison.Ordinal);
        if (label.Length == 0 || !label.All(c => char.IsAsciiLetterOrDigit(c) || c == '_')) return false;

        token = $"[{label}_{digits}]";
        return true;
    }

    /// <summary>
    /// Whether the form that may have begun before a space goes on behind it, as in <c>[EMAIL 1]</c>; null when the text
    /// behind is too short to tell.
    /// </summary>
    public static bool? GoesOn(ReadOnlySpan<char> text, int space, bool final)
    {
        var start = space;
        while (start > 0 && space - start < LongestLabel && text[start - 1] is not (' ' or '-') && IsPart(text[start - 1])) start--;
        if (text[space] != ' ' || start == 0 || start == space || text[start - 1] != '[' || !char.IsAsciiLetter(text[start])) return false;

        var end = space + 1;
        while (end < text.Length && end - space <= LongestNumber && char.IsAsciiDigit(text[end])) end++;
        if (end < text.Length && text[end] == '\\') end++;
        if (end == text.Length) return final ? false : null;
        return end > space + 1 && text[end] == ']';
    }

    private static bool IsPart(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or ' ' or '-' or '\\';
}
