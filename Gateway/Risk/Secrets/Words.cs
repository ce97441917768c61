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

    public static int EndOfRun(string text, int from)
    {
        while (from < text.Length && !char.IsWhiteSpace(text[from]) && text[from] is not ('"' or '\'' or '`' or '<')) from++;
        return from;
    }
}
