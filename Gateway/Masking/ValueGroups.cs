namespace Gateway.Masking;

/// <summary>
/// Values that people write in groups: <c>4111 1111 1111 1111</c>, <c>+49 (0)30 123 45 67</c>, <c>030 / 1234</c>,
/// <c>GB29 NWBK 6016 1331 9268 19</c>, <c>QQ 12 34 56 C</c>. Their single spaces are not the end of a unit.
/// </summary>
internal static class ValueGroups
{
    private const int LongestGroup = 40;
    private const int LongestLetters = 4;
    private const int LongestJoint = 2;

    /// <summary>
    /// Whether the value that ends before the white space at <paramref name="space"/> could go on behind it; null when
    /// the text behind is too short to tell. At most 8 characters ahead are looked at: a digit settles it as yes, a small
    /// letter as no.
    /// </summary>
    /// <param name="grouped">The unit has been joined over a space before.</param>
    public static bool? GoOn(ReadOnlySpan<char> unit, int space, bool grouped, bool final)
    {
        if (!IsSpace(unit[space])) return false;

        var (digits, joins) = Left(unit[..space], grouped);
        return joins ? Right(unit[(space + 1)..], digits, grouped, final) : false;
    }

    private static (bool Digits, bool Joins) Left(ReadOnlySpan<char> text, bool grouped)
    {
        var start = text.Length;
        var (digits, letters) = (false, false);
        while (start > 0 && text.Length - start < LongestGroup && IsGroup(text[start - 1]))
        {
            start--;
            digits |= char.IsDigit(text[start]);
            letters |= char.IsAsciiLetterUpper(text[start]);
        }
        if (digits) return (true, true);

        var length = text.Length - start;
        var alone = start == 0 || !char.IsLetterOrDigit(text[start - 1]);
        return (false, alone && length is > 0 and <= LongestLetters && (grouped || letters));
    }

    private static bool? Right(ReadOnlySpan<char> text, bool digits, bool grouped, bool final)
    {
        var (letters, joints) = (0, 0);
        foreach (var c in text)
        {
            if (char.IsDigit(c)) return true;
            if (!digits && !grouped) return false;
            if (char.IsAsciiLetterUpper(c) && letters < LongestLetters) letters++;
            else if (IsJoint(c) && joints < LongestJoint) joints++;
            else if (char.IsLetter(c) || IsJoint(c)) return false;
            else return Whole();
        }
        return final ? Whole() : null;

        bool Whole() => letters > 0 || (joints > 0 && digits);
    }

    private static bool IsSpace(char c) => c is ' ' or '\t' || char.GetUnicodeCategory(c) == System.Globalization.UnicodeCategory.SpaceSeparator;

    private static bool IsGroup(char c) => char.IsDigit(c) || char.IsAsciiLetterUpper(c) || IsJoint(c);

    private static bool IsJoint(char c) => c is '+' or '(' or ')' or '.' or '/' or '-' or (>= '\u2010' and <= '\u2015');
}
