namespace Gateway.Risk.Attacks.Model;

/// <summary>What a text looks like from afar: how long, how loud, how much like code.</summary>
internal static class TextShape
{
    private static readonly string[] Names =
    [
        "a very short text", "a short text", "a text of some sentences", "a text of a paragraph", "a text of some paragraphs", "a long text", "a very long text",
        "many capital letters", "many line breaks", "much punctuation of code", "many letters of other scripts", "several exclamation marks", "a question at the end",
        "a quotation", "many digits", "no ordinary sentence",
    ];

    private static readonly int[] Lengths = [6, 14, 30, 80, 200, 500];

    public static int Count => Names.Length;

    public static string Describe(int shape) => Names[shape];

    public static void Read(string text, int words, List<int> shapes)
    {
        var (upper, letters, lines, code, other, loud, quotes, digits) = (0, 0, 0, 0, 0, 0, 0, 0);
        foreach (var c in text)
        {
            if (char.IsAsciiLetterLower(c)) letters++;
            else if (char.IsAsciiLetterUpper(c)) (upper, letters) = (upper + 1, letters + 1);
            else if (char.IsAsciiDigit(c)) digits++;
            else if (c == '\n') lines++;
            else if (c is '{' or '}' or ';' or '=' or '(' or ')' or '<' or '>') code++;
            else if (c == '!') loud++;
            else if (c is '"' or '“' or '«') quotes++;
            else if (c > 0x24F && char.IsLetter(c)) other++;
        }
        var length = 0;
        while (length < Lengths.Length && words > Lengths[length]) length++;
        shapes.Add(length);
        if (upper > 8 && upper > 0.3 * letters) shapes.Add(7);
        if (lines > 3 && lines * 12 > words) shapes.Add(8);
        if (code > 4 && code * 25 > text.Length) shapes.Add(9);
        if (other * 3 > letters) shapes.Add(10);
        if (loud > 2) shapes.Add(11);
        if (text.AsSpan().TrimEnd() is [.., '?']) shapes.Add(12);
        if (quotes > 1) shapes.Add(13);
        if (digits > 4 && digits * 8 > text.Length) shapes.Add(14);
        if ((letters + other) * 2 < text.Length) shapes.Add(15);
    }
}
