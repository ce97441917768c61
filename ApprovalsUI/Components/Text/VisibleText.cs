using System.Globalization;
using System.Text;

namespace ApprovalsUI.Components.Text;

/// <summary>A stretch of text: to be shown as it is, or standing for characters nobody could see.</summary>
/// <param name="Words">What the label stands for, spelled out; null for ordinary text.</param>
internal readonly record struct TextPiece(string Text, string? Words);

/// <summary>Cuts attacker text into what can be shown as it is and labels for what cannot. Nothing is left out unlabelled.</summary>
internal static class VisibleText
{
    /// <summary>Longer padding is folded into a count.</summary>
    internal const int MaxNewlines = 8;
    internal const int MaxSpaces = 64;

    /// <summary>More marks on one letter than any script needs; the rest would paint over other lines.</summary>
    internal const int MaxMarks = 4;
    private const int MaxTagText = 400;

    internal static List<TextPiece> Split(string text, bool singleLine = false)
    {
        var pieces = new List<TextPiece>();
        var plain = new StringBuilder();
        for (var at = 0; at < text.Length;)
        {
            var (length, label) = Next(text, at, singleLine);
            if (label is { } piece)
            {
                Flush(plain, pieces);
                pieces.Add(piece);
            }
            else
            {
                plain.Append(text, at, length);
            }

            at += length;
        }

        Flush(plain, pieces);
        return pieces;
    }

    /// <summary>The same for places that hold no elements: titles, labels for screen readers.</summary>
    internal static string InOneLine(string text) =>
        string.Concat(Split(text, singleLine: true).Select(piece => piece.Words is null ? piece.Text : $"[{piece.Text}]"));

    private static void Flush(StringBuilder plain, List<TextPiece> pieces)
    {
        if (plain.Length > 0)
        {
            pieces.Add(new(plain.Replace("\r\n", "\n").ToString(), null));
            plain.Clear();
        }
    }

    /// <returns>How many UTF-16 units the next piece takes, and its label if it needs one.</returns>
    private static (int Length, TextPiece? Label) Next(string text, int at, bool singleLine)
    {
        if (text[at] is '\n' or '\r' or '\t' or ' ')
        {
            return Space(text, at, singleLine);
        }

        var (character, size) = Character(text, at);
        if (CharacterNames.Tagged(character) is not null)
        {
            return Tags(text, at);
        }

        if (IsMark(character))
        {
            return Marks(text, at);
        }

        if (CharacterNames.Of(character) is not { } name || IsPresentation(text, at, character))
        {
            return (size, null);
        }

        var times = Run(text, at, size, same => same == character) / size;
        return (times * size, new(times == 1 ? name.Label : $"{name.Label} ×{Count(times)}", name.Words));
    }

    private static (int Length, TextPiece? Label) Space(string text, int at, bool singleLine)
    {
        if (text[at] is '\n' or '\r')
        {
            var lines = Newlines(text, at, out var length);
            return lines > MaxNewlines ? (length, new($"{Count(lines)} newlines", "a run of empty lines"))
                : singleLine ? (length, new("⏎", "new line"))
                : lines == 0 ? (1, new("CR", "U+000D carriage return without a line feed"))
                : (length, null);
        }

        var spaces = Run(text, at, 1, character => character is ' ' or '\t');
        return spaces > MaxSpaces ? (spaces, new($"{Count(spaces)} spaces", "a run of spaces")) : (spaces, null);
    }

    /// <summary>LF and CR LF are new lines; a CR of its own could overwrite a line on a terminal and counts as none.</summary>
    private static int Newlines(string text, int at, out int length)
    {
        var lines = 0;
        var end = at;
        while (end < text.Length)
        {
            var step = text[end] == '\n' ? 1 : text[end] == '\r' && end + 1 < text.Length && text[end + 1] == '\n' ? 2 : 0;
            if (step == 0)
            {
                break;
            }

            end += step;
            lines++;
        }

        length = Math.Max(end - at, 1);
        return lines;
    }

    private static (int Length, TextPiece? Label) Tags(string text, int at)
    {
        var length = Run(text, at, 2, character => CharacterNames.Tagged(character) is not null);
        var said = new StringBuilder("TAG ");
        for (var tag = at; tag < at + length && said.Length < MaxTagText; tag += 2)
        {
            said.Append(CharacterNames.Tagged(char.ConvertToUtf32(text, tag)));
        }

        var hidden = length / 2;
        return (length, new(said.ToString(), $"{Count(hidden)} invisible tag character{(hidden == 1 ? "" : "s")}"));
    }

    private static (int Length, TextPiece? Label) Marks(string text, int at)
    {
        var before = 0;
        for (var back = at - 1; back >= 0 && before < MaxMarks && IsMark(text[back]); back--)
        {
            before++;
        }

        if (before < MaxMarks)
        {
            return (Character(text, at).Size, null);
        }

        var end = at;
        while (end < text.Length && Character(text, end) is var (character, size) && IsMark(character))
        {
            end += size;
        }

        return (end - at, new($"+{Count(end - at)} marks", "combining marks piled on one letter"));
    }

    /// <summary>One selector after a symbol chooses colour or outline, which is seen; anything else can carry a message.</summary>
    private static bool IsPresentation(string text, int at, int character) =>
        character is 0xFE0E or 0xFE0F && at > 0
        && (CharUnicodeInfo.GetUnicodeCategory(text, char.IsLowSurrogate(text[at - 1]) && at > 1 ? at - 2 : at - 1)
            is UnicodeCategory.OtherSymbol or UnicodeCategory.MathSymbol);

    /// <summary>Combining marks that are drawn; those that are not (variation selectors, the grapheme joiner) have names.</summary>
    private static bool IsMark(int character) =>
        character >= 0x300 && CharacterNames.Of(character) is null
        && (character > char.MaxValue ? CharUnicodeInfo.GetUnicodeCategory(character) : CharUnicodeInfo.GetUnicodeCategory((char)character))
            is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark;

    private static int Run(string text, int at, int size, Func<int, bool> belongs)
    {
        var end = at + size;
        while (end < text.Length && Character(text, end) is var (character, width) && width == size && belongs(character))
        {
            end += size;
        }

        return end - at;
    }

    private static (int Value, int Size) Character(string text, int at) =>
        char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1])
            ? (char.ConvertToUtf32(text[at], text[at + 1]), 2)
            : (text[at], 1);

    private static string Count(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
