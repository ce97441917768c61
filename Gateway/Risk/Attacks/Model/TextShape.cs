using System.Numerics;
using System.Runtime.Intrinsics;

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

    private static readonly Kind[] Ascii = [.. Enumerable.Range(0, 128).Select(c => KindOf((char)c))];

    public static int Count => Names.Length;

    public static string Describe(int shape) => Names[shape];

    public static void Read(string text, int words, List<int> shapes)
    {
        Span<int> kinds = stackalloc int[9];
        var at = 0;
        for (; at + Characters.Count <= text.Length; at += Characters.Count)
        {
            var characters = Characters.At(text, at);
            var lower = Characters.In(characters, 'a', 'z').ExtractMostSignificantBits();
            var upper = Characters.In(characters, 'A', 'Z').ExtractMostSignificantBits();
            var digits = Characters.In(characters, '0', '9').ExtractMostSignificantBits();
            kinds[(int)Kind.Lower] += BitOperations.PopCount(lower);
            kinds[(int)Kind.Upper] += BitOperations.PopCount(upper);
            kinds[(int)Kind.Digit] += BitOperations.PopCount(digits);
            var others = ~(lower | upper | digits | Characters.Are(characters, ' ').ExtractMostSignificantBits()) & Characters.All; // of most texts few
            for (; others != 0; others &= others - 1) Add(text[at + BitOperations.TrailingZeroCount(others)], kinds);
        }
        for (; at < text.Length; at++) Add(text[at], kinds);
        var (capitals, numerals, lines, code, loud, quotes, other) = (kinds[(int)Kind.Upper], kinds[(int)Kind.Digit], kinds[(int)Kind.Line], kinds[(int)Kind.Code], kinds[(int)Kind.Loud], kinds[(int)Kind.Quote], kinds[(int)Kind.Other]);
        var letters = capitals + kinds[(int)Kind.Lower];
        var length = 0;
        while (length < Lengths.Length && words > Lengths[length]) length++;
        shapes.Add(length);
        if (capitals > 8 && capitals > 0.3 * letters) shapes.Add(7);
        if (lines > 3 && lines * 12 > words) shapes.Add(8);
        if (code > 4 && code * 25 > text.Length) shapes.Add(9);
        if (other * 3 > letters) shapes.Add(10);
        if (loud > 2) shapes.Add(11);
        if (text.AsSpan().TrimEnd() is [.., '?']) shapes.Add(12);
        if (quotes > 1) shapes.Add(13);
        if (numerals > 4 && numerals * 8 > text.Length) shapes.Add(14);
        if ((letters + other) * 2 < text.Length) shapes.Add(15);
    }

    private static void Add(char c, Span<int> kinds) => kinds[(int)(c < Ascii.Length ? Ascii[c] : KindOf(c))]++;

    private static Kind KindOf(char c) => c switch
    {
        >= 'a' and <= 'z' => Kind.Lower,
        >= 'A' and <= 'Z' => Kind.Upper,
        >= '0' and <= '9' => Kind.Digit,
        '\n' => Kind.Line,
        '{' or '}' or ';' or '=' or '(' or ')' or '<' or '>' => Kind.Code,
        '!' => Kind.Loud,
        '"' or '“' or '«' => Kind.Quote,
        > '\u024F' when char.IsLetter(c) => Kind.Other,
        _ => Kind.None,
    };

    private enum Kind : byte
    {
        None,
        Lower,
        Upper,
        Digit,
        Line,
        Code,
        Loud,
        Quote,
        Other,
    }
}
