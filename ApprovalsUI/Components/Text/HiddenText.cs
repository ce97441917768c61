using System.Text;

namespace ApprovalsUI.Components.Text;

/// <summary>Runs of invisible characters that carry something: said in one label, decoded where it is known how.</summary>
internal static class HiddenText
{
    /// <summary>What goes on for longer gets a second label.</summary>
    private const int MaxCharacters = 400;
    private const int FewerStandAlone = 16;
    private const int MaxNames = 4;
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    internal static TextPiece? At(string text, int at) => Characters.At(text, at).Value switch
    {
        var tag when CharacterNames.Tagged(tag) is not null => Tags(text, at),
        var selector when CharacterNames.Selector(selector) is not null => Selectors(text, at),
        var unseen when IsUnseen(unseen) => Mixed(text, at),
        _ => null,
    };

    private static TextPiece Tags(string text, int at)
    {
        var run = Take(text, at, character => CharacterNames.Tagged(character) is not null, out var count);
        var said = string.Concat(run.EnumerateRunes().Select(tag => CharacterNames.Tagged(tag.Value)));
        return new($"TAG {said}", $"{Characters.Number(count)} invisible tag character{(count == 1 ? "" : "s")}", PieceKind.Chip, run);
    }

    private static TextPiece? Selectors(string text, int at)
    {
        var run = Take(text, at, character => CharacterNames.Selector(character) is not null, out var count);
        if (count == 1)
        {
            return null;
        }

        // The first sixteen are the bytes 0 to 15, the others the rest: a known way to write a message behind one emoji.
        var bytes = run.EnumerateRunes().Select(selector => (byte)(CharacterNames.Selector(selector.Value)!.Value - 1)).ToArray(); // only selectors were taken
        return new(Said(bytes) is { } said ? $"VS {said}" : $"VS ×{Characters.Number(count)}", $"{Characters.Number(count)} variation selectors, which can carry a message", PieceKind.Chip, run);
    }

    private static string? Said(byte[] bytes)
    {
        try
        {
            var said = Strict.GetString(bytes);
            return said.Any(char.IsControl) ? null : VisibleText.InOneLine(said);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>Two or more kinds taking turns, as bits do.</summary>
    private static TextPiece? Mixed(string text, int at)
    {
        if (Characters.Run(text, at) is var same && at + same < text.Length && !IsUnseen(Characters.At(text, at + same).Value))
        {
            return null;
        }

        var run = Take(text, at, IsUnseen, out var count);
        var kinds = run.EnumerateRunes().CountBy(rune => rune.Value).OrderByDescending(kind => kind.Value).ToList();
        if (count < FewerStandAlone || kinds.Count == 1)
        {
            return null;
        }

        var names = kinds.Take(MaxNames).Select(kind => $"{CharacterNames.Of(kind.Key)?.Label} ×{Characters.Number(kind.Value)}");
        return new($"{Characters.Number(count)} unseen", $"{Characters.Number(count)} characters nobody can see: {string.Join(", ", names)}{(kinds.Count > MaxNames ? " and others" : "")}", PieceKind.Chip, run);
    }

    /// <summary>Halves of surrogate pairs are left out: they are no characters to be counted.</summary>
    private static bool IsUnseen(int character) =>
        character is >= ' ' and (< 0xD800 or > 0xDFFF) && !CharacterNames.IsSpace(character) && CharacterNames.Of(character) is not null
        && CharacterNames.Tagged(character) is null && CharacterNames.Selector(character) is null;

    private static string Take(string text, int at, Func<int, bool> belongs, out int count)
    {
        var (end, taken) = (at, 0);
        for (; taken < MaxCharacters && end < text.Length && Characters.At(text, end) is var (character, size) && belongs(character); taken++)
        {
            end += size;
        }

        count = taken;
        return text[at..end];
    }
}
