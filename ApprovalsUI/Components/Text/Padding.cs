namespace ApprovalsUI.Components.Text;

/// <summary>What only pushes the rest out of sight: long runs of lines, spaces or one character. Folded into a count that opens.</summary>
internal static class Padding
{
    private const int MaxNewlines = 8;
    private const int MaxSpaces = 64;
    private const int MaxSame = 200;
    private const int MaxSameLines = 8;

    /// <returns>At the beginning of a line: its length and how often it is there; null unless that is often.</returns>
    internal static (int Line, int Times)? Lines(string text, int at)
    {
        var end = at > 0 && text[at - 1] != '\n' ? -1 : text.IndexOf('\n', at);
        if (end < 0 || string.IsNullOrWhiteSpace(text[at..end]))
        {
            return null;
        }

        var line = end + 1 - at;
        var times = 1;
        while (at + ((times + 1) * line) <= text.Length && string.CompareOrdinal(text, at, text, at + (times * line), line) == 0)
        {
            times++;
        }

        return times > MaxSameLines ? (line, times) : null;
    }

    /// <returns>Lines with nothing on them, else spaces; what indents the next line is left to it.</returns>
    internal static TextPiece? Space(string text, int at)
    {
        var (end, last, lines) = (at, at, 0);
        while (end < text.Length && (text[end] is '\n' or ' ' or '\t' || (text[end] == '\r' && end + 1 < text.Length && text[end + 1] == '\n')))
        {
            if (text[end++] == '\n')
            {
                (last, lines) = (end, lines + 1);
            }
        }

        if (lines > MaxNewlines)
        {
            return new($"{Characters.Number(lines - 1)} empty lines", "a run of empty lines", PieceKind.FoldedLines, text[at..last]);
        }

        var spaces = Characters.Run(text, at, character => character is ' ' or '\t');
        return spaces > MaxSpaces ? new($"{Characters.Number(spaces)} spaces", "a run of spaces", PieceKind.Fold, text.Substring(at, spaces)) : null;
    }

    internal static TextPiece? Same(string text, int at, int length)
    {
        var size = Characters.At(text, at).Size;
        var times = length / size;
        var character = text.Substring(at, size);
        return times > MaxSame ? new($"{character} ×{Characters.Number(times)}", "one character, repeated", PieceKind.Fold, character, times) : null;
    }
}
