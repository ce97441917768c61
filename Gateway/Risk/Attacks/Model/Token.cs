using System.Runtime.CompilerServices;

namespace Gateway.Risk.Attacks.Model;

/// <summary>
/// A word, a character of a script without spaces, or a run of punctuation, known by a hash. The same on every machine, which
/// string hashes of the framework do not promise.
/// </summary>
internal static class Token
{
    public const uint Empty = 2_166_136_261;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Add(uint hash, char c) => (hash ^ c) * 16_777_619;

    /// <summary>A hash of two hashes; the order counts.</summary>
    public static uint Join(uint first, uint second) => new Second(second).After(first);

    /// <summary>As the reader of features finds them: the words' hashes joined from the left.</summary>
    public static uint Phrase(string folded)
    {
        uint phrase = 0;
        for (var at = 0; at < folded.Length;)
        {
            if (!IsWord(folded[at]))
            {
                at++;
                continue;
            }
            var hash = Empty;
            var alone = StandsAlone(folded[at]);
            do
            {
                if (folded[at] != '\'') hash = Add(hash, folded[at]);
                at++;
            }
            while (at < folded.Length && !alone && GoesOn(folded, at));
            phrase = phrase == 0 ? hash : Join(phrase, hash);
        }
        return phrase;
    }

    /// <summary>Belongs to a word, and is of ASCII in lower case.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsPlain(char c) => (uint)(c - 'a') <= 'z' - 'a' || (uint)(c - '0') <= '9' - '0' || c == '_';

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsWord(char c) => c < 128 ? char.IsAsciiLetterOrDigit(c) || c == '_' : IsWordBeyondAscii(c);

    private static bool IsWordBeyondAscii(char c) => char.IsLetterOrDigit(c) || char.IsSurrogate(c) || IsMark(c);

    /// <summary>Whether the word that began before goes on here: an apostrophe between letters does not end it.</summary>
    public static bool GoesOn(string text, int at) =>
        (IsWord(text[at]) && !StandsAlone(text[at])) || (text[at] == '\'' && at + 1 < text.Length && char.IsLetter(text[at + 1]) && char.IsLetter(text[at - 1]));

    /// <summary>Ends every word, whatever stands behind it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Ends(char c) => c == ' ' || (c < 128 && c != '\'' && !IsWord(c));

    /// <summary>Han and Hiragana have no spaces between words: each character is a token.</summary>
    public static bool StandsAlone(char c) => c >= 0x2E80 && (c is >= '\u3041' and <= '\u3096' or >= '\u3400' and <= '\u9FFF' or >= '\u2E80' and <= '\u2FDF');

    /// <summary>Vowel signs of the scripts of India and others belong to their word.</summary>
    private static bool IsMark(char c) => c >= 0x0900 && char.GetUnicodeCategory(c) is System.Globalization.UnicodeCategory.SpacingCombiningMark or System.Globalization.UnicodeCategory.NonSpacingMark;
}

/// <summary>
/// A hash that several others are joined with: the upper half of <c>(first &lt;&lt; 32 | second) * multiplier</c>, mixed with the lower. To the product of the
/// second alone, which is made once, a first only adds to the upper half.
/// </summary>
internal readonly struct Second
{
    private const ulong Multiplier = 0x9E37_79B9_7F4A_7C15;

    private readonly uint upper, lower;

    public Second(uint second)
    {
        var product = second * Multiplier;
        (upper, lower) = ((uint)(product >> 32), (uint)product >> 7);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint After(uint first) => (upper + (first * unchecked((uint)Multiplier))) ^ lower;
}
