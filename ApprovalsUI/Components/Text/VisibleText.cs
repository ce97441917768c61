namespace ApprovalsUI.Components.Text;

/// <summary>Cuts attacker text into what can be shown as it is and labels for what cannot. Nothing is left out unlabelled.</summary>
internal static class VisibleText
{
    internal static List<TextPiece> Split(string text, bool singleLine = false) => new TextCutter(text, singleLine, folds: true).Cut();

    /// <summary>The same with padding at its full length.</summary>
    internal static List<TextPiece> Unfolded(string text) => new TextCutter(text, singleLine: false, folds: false).Cut();

    /// <summary>The same for places that hold no elements: titles, labels for screen readers.</summary>
    internal static string InOneLine(string text) =>
        string.Concat(Split(text, singleLine: true).Select(piece => piece.Words is null ? piece.Text : $"[{piece.Text}]"));
}
