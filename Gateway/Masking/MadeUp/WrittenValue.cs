namespace Gateway.Masking.MadeUp;

/// <summary>One number is written in many ways: <c>4111 1111…</c>, <c>4111-1111…</c>, <c>41111111…</c>.</summary>
internal static class WrittenValue
{
    /// <summary>What people put between the groups of a number.</summary>
    private const string Separators = " -./()+\u00A0\u202F\u2009\u2010\u2011\u2013";

    public static bool IsSeparator(char c) => Separators.Contains(c);

    /// <summary>Letters and digits in groups, at least half of them digits.</summary>
    public static bool IsNumber(string type, string value)
    {
        var (digits, letters) = (0, 0);
        foreach (var c in value)
        {
            if (char.IsAsciiDigit(c)) digits++;
            else if (char.IsAsciiLetter(c)) letters++;
            else if (!IsSeparator(c)) return false;
        }
        return digits > 0 && digits >= letters && Labels.For(type) is not ("SECRET" or "IP");
    }

    /// <summary>The same for every way of writing the same value.</summary>
    public static string Plain(string type, string value) => IsNumber(type, value) ? string.Concat(value.Where(char.IsAsciiLetterOrDigit)) : value;

    /// <summary>Letters and digits alone, in one case: what two values must not have in common if they are to be told apart however they are written.</summary>
    public static string Bare(string value) => string.Concat(value.Where(char.IsLetterOrDigit)).ToUpperInvariant();
}
