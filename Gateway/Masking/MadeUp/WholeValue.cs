namespace Gateway.Masking.MadeUp;

/// <summary>Whether what stands at a place is a value by itself, and no part of a longer word or number.</summary>
internal static class WholeValue
{
    /// <param name="before">The character before the text.</param>
    /// <param name="ofDigits">Only more digits make it longer behind a dot or dash: <c>visa-4111…</c> has a whole number in it, <c>x.ada@…</c> no whole address.</param>
    public static bool Is(ReadOnlySpan<char> text, int start, int end, char before, bool ofDigits)
    {
        char At(ReadOnlySpan<char> all, int i) => i >= all.Length ? ' ' : i >= 0 ? all[i] : i == -1 ? before : ' ';

        return !GoesOn(At(text, start - 1), At(text, start - 2), ofDigits) && !GoesOn(At(text, end), At(text, end + 1), ofDigits);
    }

    private static bool GoesOn(char next, char beyond, bool ofDigits) =>
        IsWord(next) || (next is '.' or '-' or '+' or '@' or '%' && (ofDigits ? char.IsDigit(beyond) : IsWord(beyond)));

    /// <summary>Chinese and Japanese put no space around a number, so their characters are no part of it.</summary>
    private static bool IsWord(char c) => char.IsDigit(c) || char.IsAsciiLetter(c) || char.IsUpper(c) || char.IsLower(c) || c == '_';
}
