using System.Globalization;
using System.Text;

namespace ApprovalsUI.Components.Text;

/// <summary>How a piece of text is drawn.</summary>
public enum PieceKind
{
    /// <summary>Shown as it is.</summary>
    Plain,

    /// <summary>A label for characters nobody could see.</summary>
    Chip,

    /// <summary>A label for a space that is not the usual one: quieter, for some languages write with it.</summary>
    Space,

    /// <summary>A count for padding, which opens.</summary>
    Fold,

    /// <summary>The same for whole lines.</summary>
    FoldedLines,
}

/// <summary>A stretch of text: to be shown as it is, or standing for characters nobody could see or would want to scroll through.</summary>
/// <param name="Words">What the label stands for, spelled out; null for ordinary text.</param>
/// <param name="Unit">The characters a label stands for, so that nothing is lost; empty for ordinary text.</param>
/// <param name="Times">How often it stands for them.</param>
public readonly record struct TextPiece(string Text, string? Words, PieceKind Kind = PieceKind.Plain, string Unit = "", int Times = 1)
{
    /// <summary>What was in the text, character by character.</summary>
    internal string Original => Words is null ? Text : new StringBuilder(Unit.Length * Times).Insert(0, Unit, Times).ToString();

    /// <summary>The same as code points for the page (<c>61 200B*3</c>), where the characters themselves would not be seen.</summary>
    internal string Codes
    {
        get
        {
            var codes = new StringBuilder();
            for (var at = 0; at < Unit.Length;)
            {
                var (character, size) = Characters.At(Unit, at);
                var times = Characters.Run(Unit, at) / size;
                codes.Append(codes.Length > 0 ? " " : "").Append(character.ToString("X", CultureInfo.InvariantCulture));
                if (times > 1)
                {
                    codes.Append('*').Append(times);
                }

                at += times * size;
            }

            return codes.ToString();
        }
    }
}
