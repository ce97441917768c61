using System.Buffers;
using System.Globalization;
using System.Text;

namespace Gateway.Risk;

/// <summary>
/// A text as a reader would understand it: case, accents, look-alike letters, digits for letters and invisible characters
/// folded away, white space collapsed to one space or line break. Knows where each character came from.
/// </summary>
internal sealed class FoldedText
{
    private const string Cyrillic = "абвгеёзикмнорстухѕіјһԁԛԝ", CyrillicAs = "abbreeznkmhopctyxsijhdqw";
    private const string Greek = "αβγεζηικμνορτυχω", GreekAs = "abyeznikmnoptuxw";
    private const string Accented = "àáâãäåāăąçćĉċčďđèéêëēĕėęěĝğġģĥħìíîïĩīĭįıĵķĺļľŀłñńņňòóôõöøōŏőŕŗřśŝşšţťŧùúûüũūŭůűųŵýÿŷźżž";
    private const string AccentedAs = "aaaaaaaaacccccddeeeeeeeeegggghhiiiiiiiiijklllllnnnnooooooooorrrsssstttuuuuuuuuuuwyyyzzz";
    private const string Leet = "013457@$", LeetAs = "oieastas";

    /// <summary>What each single character folds to, in pages of 256, each made when one of its characters first comes. Two threads may make one at once; either will do.</summary>
    private static readonly char[]?[] Pages = new char[256][];

    /// <summary>Of ASCII, what folds to one character whatever stands beside it: no digit that may stand for a letter, no white space but a single space.</summary>
    private static readonly SearchValues<char> Plain = SearchValues.Create([.. Enumerable.Range(' ', 127 - ' ').Select(c => (char)c).Where(c => !char.IsAsciiDigit(c) && c is not ('@' or '$'))]);

    /// <summary>So far the text is read character by character before a plain stretch is looked for again: where there is none, looking costs little.</summary>
    private const int LeastApart = 64, LongestStretch = 1_024;

    private readonly string original;

    /// <summary>Null where each character stands at its own place.</summary>
    private readonly int[]? origins;

    private FoldedText(string original, string text, int[]? origins) => (this.original, Text, this.origins) = (original, text, origins);

    public string Text { get; }

    /// <summary>The original span behind a span of <see cref="Text"/>, in UTF-16 units, never inside a surrogate pair.</summary>
    public (int Start, int End) Original(int start, int end)
    {
        var last = Origin(end - 1);
        return (Origin(start), last + (char.IsHighSurrogate(original[last]) && last + 1 < original.Length ? 2 : 1));
    }

    private int Origin(int at) => origins is null ? at : origins[at];

    public static FoldedText Of(string text)
    {
        var folded = ArrayPool<char>.Shared.Rent(text.Length);
        int[]? origins = null; // as long as nothing was left out
        var (length, word, next) = (0, 0, 0);
        var (plain, latin) = (true, false); // nothing but a to z in the word so far, and at least one of these: only a word with both is folded
        for (var at = 0; at < text.Length; at++)
        {
            if (at >= next && plain && word == length)
            {
                var stretch = PlainStretch(text.AsSpan(at), length > 0 && folded[length - 1] is ' ' or '\n');
                Ascii.ToLower(text.AsSpan(at, stretch), folded.AsSpan(length), out _);
                if (at != length) origins ??= Same(text.Length, length);
                if (origins is not null) Count(origins.AsSpan(length, stretch), at);
                word = length += stretch;
                at += stretch;
                next = stretch < LeastApart ? at + LeastApart : at;
                if (at == text.Length) break;
            }
            var origin = at;
            char c;
            if (!char.IsHighSurrogate(text[at])) c = (Pages[text[at] >> 8] ?? Page(text[at] >> 8))[text[at] & 255];
            else if (at + 1 < text.Length && char.IsLowSurrogate(text[at + 1])) c = FoldSupplementary(char.ConvertToUtf32(text[at], text[++at]));
            else c = '\uFFFD';
            if (c == '\0') continue;
            if (c is >= 'a' and <= 'z') latin = true;
            else
            {
                if (char.IsLetterOrDigit(c) || c is '@' or '$') plain = false;
                else
                {
                    if (!plain && latin) FoldWord(folded.AsSpan(word, length - word));
                    (plain, latin) = (true, false);
                    if (c is ' ' or '\n' && length > 0 && folded[length - 1] is ' ' or '\n')
                    {
                        if (c == '\n') folded[length - 1] = c;
                        continue;
                    }
                    word = length + 1;
                }
            }
            if (origin != length) origins ??= Same(text.Length, length);
            origins?[length] = origin;
            folded[length++] = c;
        }
        if (!plain && latin) FoldWord(folded.AsSpan(word, length - word));
        var read = new string(folded, 0, length);
        ArrayPool<char>.Shared.Return(folded, clearArray: true); // it holds a prompt's text
        return new(text, read, origins);
    }

    /// <summary>How far from here on there is nothing to fold but letter case, up to the end of a word; no white space beside another.</summary>
    private static int PlainStretch(ReadOnlySpan<char> text, bool behindSpace)
    {
        if (behindSpace && text[0] == ' ') return 0;
        var near = text[..Math.Min(text.Length, LongestStretch)]; // or many a short stretch would be looked for in the whole rest
        var end = near.IndexOfAnyExcept(Plain) is >= 0 and var odd ? odd : near.Length;
        if (near[..end].IndexOf("  ") is >= 0 and var spaces) return spaces + 1;
        if (end == text.Length) return end;
        while (end > 0 && char.IsAsciiLetter(text[end - 1])) end--;
        return end;
    }

    private static int[] Same(int size, int length)
    {
        var origins = new int[size];
        Count(origins.AsSpan(0, length), 0);
        return origins;
    }

    private static void Count(Span<int> origins, int from)
    {
        for (var i = 0; i < origins.Length; i++) origins[i] = from + i;
    }

    private static char[] Page(int page) => Pages[page] = [.. Enumerable.Range(page << 8, 256).Select(c => Fold((char)c))];

    /// <summary>One character that is no half of a pair; <c>'\0'</c> for what nobody sees.</summary>
    private static char Fold(char c)
    {
        if (c < 128) return c is '\n' or '\r' ? '\n' : char.IsWhiteSpace(c) ? ' ' : char.ToLowerInvariant(c);
        if (c is >= '\uFF01' and <= '\uFF5E') return char.ToLowerInvariant((char)(c - 0xFEE0));
        if (c is >= '\u24B6' and <= '\u24E9') return (char)('a' + (c - 0x24B6) % 26);
        if (c is '\u2018' or '\u2019') return '\'';
        if (c is '\u201C' or '\u201D' or '\u00AB' or '\u00BB') return '"';
        if (c is '\u2028' or '\u2029' or '\u0085') return '\n';
        if (char.IsWhiteSpace(c)) return ' ';
        if (IsInvisible(c)) return '\0';
        var lower = char.ToLowerInvariant(c);
        return lower >= '\u00DF' && Accented.IndexOf(lower) is >= 0 and var i ? AccentedAs[i] : lower;
    }

    /// <summary>Format characters, variation selectors and accents that stand alone.</summary>
    private static bool IsInvisible(char c) =>
        c is '\u00AD' or '\u034F' or '\u115F' or '\u1160' or '\u3164' or (>= '\uFE00' and <= '\uFE0F') or (>= '\u0300' and <= '\u036F')
        || CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.Format;

    /// <summary>Mathematical and squared alphabets are letters; tags and selectors are invisible.</summary>
    private static char FoldSupplementary(int point) => point switch
    {
        >= 0x1D400 and < 0x1D6A4 => (char)('a' + (point - 0x1D400) % 26),
        >= 0x1D7CE and <= 0x1D7FF => (char)('0' + (point - 0x1D7CE) % 10),
        >= 0x1F130 and <= 0x1F189 => (char)('a' + (point - 0x1F130) % 32 % 26),
        >= 0xE0000 and <= 0xE01EF => '\0',
        _ => '\uFFFD',
    };

    /// <summary>Look-alikes of other scripts only in a word that also has Latin letters; digits only between letters or at a word's edge.</summary>
    private static void FoldWord(Span<char> word)
    {
        for (var i = 0; i < word.Length; i++)
        {
            var c = word[i];
            if (c is >= 'a' and <= 'z') continue;
            if (Cyrillic.IndexOf(c) is >= 0 and var cyrillic) word[i] = CyrillicAs[cyrillic];
            else if (Greek.IndexOf(c) is >= 0 and var greek) word[i] = GreekAs[greek];
            else if (Leet.IndexOf(c) is >= 0 and var leet && StandsAmongLetters(word, i)) word[i] = LeetAs[leet];
        }
    }

    private static bool StandsAmongLetters(Span<char> word, int at)
    {
        var before = at > 0 && char.IsLetter(word[at - 1]);
        var after = at + 1 < word.Length && char.IsLetter(word[at + 1]);
        return after && (before || at == 0);
    }
}
