using System.Text;

namespace ApprovalsUI.Components.Text;

/// <summary>One walk over one text: pictures first, then padding, then what carries hidden text, then single characters.</summary>
internal sealed class TextCutter(string text, bool singleLine, bool folds)
{
    /// <summary>More marks on one letter than any script needs; the rest would paint over other lines.</summary>
    private const int MaxMarks = 4;

    private readonly List<TextPiece> pieces = [];
    private readonly StringBuilder plain = new();
    private int at;

    internal List<TextPiece> Cut()
    {
        while (at < text.Length)
        {
            if (folds && !singleLine && Padding.Lines(text, at) is { } lines)
            {
                SayOnce(lines);
            }
            else if (text[at] is '\n' or '\r' or '\t' or ' ')
            {
                CutSpace();
            }
            else if (Emoji.Length(text, at) is > 0 and var picture)
            {
                Show(picture);
            }
            else
            {
                CutCharacter();
            }
        }

        Flush();
        return pieces;
    }

    /// <summary>The first of many lines that are the same, then how many more there are.</summary>
    private void SayOnce((int Line, int Times) lines)
    {
        Flush();
        var line = text.Substring(at, lines.Line);
        pieces.AddRange(new TextCutter(line, singleLine, folds).Cut());
        Label(lines.Line * lines.Times, new($"{Characters.Number(lines.Times - 1)} more lines like this", "the line above, repeated", PieceKind.FoldedLines, line, lines.Times - 1));
    }

    private void CutSpace()
    {
        if (folds && Padding.Space(text, at) is { } padding)
        {
            Label(padding.Original.Length, padding);
        }
        else if (text[at] is ' ' or '\t')
        {
            Show(Characters.Run(text, at, character => character is ' ' or '\t'));
        }
        else if (text[at] == '\r' && !(at + 1 < text.Length && text[at + 1] == '\n'))
        {
            Label(1, new("CR", "U+000D carriage return without a line feed", PieceKind.Chip, "\r"));
        }
        else
        {
            var length = text[at] == '\r' ? 2 : 1;
            if (singleLine)
            {
                Label(length, new("⏎", "new line", PieceKind.Chip, text.Substring(at, length)));
            }
            else
            {
                Show(length);
            }
        }
    }

    private void CutCharacter()
    {
        var (character, size) = Characters.At(text, at);
        if (CharacterNames.IsMark(character))
        {
            CutMarks();
        }
        else if (CharacterNames.Of(character) is not { } name)
        {
            var length = Characters.Run(text, at);
            if (folds && Padding.Same(text, at, length) is { } padding)
            {
                Label(length, padding);
            }
            else
            {
                Show(length);
            }
        }
        else if (HiddenText.At(text, at) is { } hidden)
        {
            Label(hidden.Unit.Length, hidden);
        }
        else
        {
            var times = Characters.Run(text, at) / size;
            var kind = CharacterNames.IsSpace(character) ? PieceKind.Space : PieceKind.Chip;
            Label(times * size, new(times == 1 ? name.Label : $"{name.Label} ×{Characters.Number(times)}", name.Words, kind, text.Substring(at, size), times));
        }
    }

    private void CutMarks()
    {
        var length = Characters.Run(text, at, CharacterNames.IsMark);
        var seen = 0;
        for (var marks = 0; marks < MaxMarks && seen < length; marks++)
        {
            seen += Characters.At(text, at + seen).Size;
        }

        Show(seen);
        if (seen < length)
        {
            var more = text.Substring(at, length - seen);
            Label(more.Length, new($"+{Characters.Number(Characters.Count(more, 0, more.Length))} marks", "combining marks piled on one letter", PieceKind.Chip, more));
        }
    }

    private void Show(int length)
    {
        plain.Append(text, at, length);
        at += length;
    }

    private void Label(int length, TextPiece piece)
    {
        Flush();
        pieces.Add(singleLine && piece.Kind is PieceKind.Fold or PieceKind.FoldedLines ? piece with { Kind = PieceKind.Chip } : piece);
        at += length;
    }

    private void Flush()
    {
        if (plain.Length > 0)
        {
            pieces.Add(new(plain.Replace("\r\n", "\n").ToString(), null));
            plain.Clear();
        }
    }
}
