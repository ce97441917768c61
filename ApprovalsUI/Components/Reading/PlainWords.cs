using System.Globalization;
using System.Text;
using ApprovalsUI.Components.Hosts;
using ApprovalsUI.Components.Text;

namespace ApprovalsUI.Components.Reading;

/// <summary>A text as simple words to look for phrases in: small letters, no accents, no invisible characters, look-alikes and tags as what they say.</summary>
internal sealed class PlainWords
{
    /// <summary>What lies behind is not looked at.</summary>
    private const int MaxCharacters = 200_000;
    private readonly string original;
    private readonly List<int> origins = [];

    internal PlainWords(string text)
    {
        original = text;
        var words = new StringBuilder();
        for (var at = 0; at < Math.Min(text.Length, MaxCharacters); at += Characters.At(text, at).Size)
        {
            if (Plain(text, at) is { } plain && !(plain == ' ' && words.Length > 0 && words[^1] == ' '))
            {
                words.Append(plain);
                origins.Add(at);
            }
        }

        Text = words.ToString();
    }

    internal string Text { get; }

    /// <returns>The words as they stand in the text.</returns>
    internal string Original(int start, int length)
    {
        var last = origins[start + length - 1];
        return original[origins[start]..(last + Characters.At(original, last).Size)];
    }

    /// <returns>Null for what is not seen.</returns>
    private static char? Plain(string text, int at)
    {
        var (character, _) = Characters.At(text, at);
        if (character < 0x80)
        {
            return character <= ' ' ? ' ' : char.ToLowerInvariant((char)character);
        }

        if (CharacterNames.Tagged(character) is { } tagged)
        {
            return char.ToLowerInvariant(tagged);
        }

        if (CharacterNames.IsSpace(character) || character is 0x85 or 0x2028 or 0x2029)
        {
            return ' ';
        }

        return CharacterNames.Of(character) is not null || Characters.Category(character) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark ? null
            : character is 0x2018 or 0x2019 ? '\''
            : Confusables.Of(new Rune(character)) is { } letter ? letter
            : character <= char.MaxValue ? char.ToLowerInvariant((char)character) : '\uFFFD';
    }
}
