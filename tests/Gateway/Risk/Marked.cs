using System.Text;

namespace Gateway.Tests.Risk;

/// <summary>A text with the spans that are expected in it, written between ⟦ and ⟧.</summary>
internal sealed record Marked(string Text, IReadOnlyList<(int Start, int End)> Spans)
{
    public static Marked Read(string example)
    {
        var text = new StringBuilder();
        List<(int, int)> spans = [];
        var start = 0;
        foreach (var c in example)
        {
            if (c == '⟦') start = text.Length;
            else if (c == '⟧') spans.Add((start, text.Length));
            else text.Append(c);
        }
        return new(text.ToString(), spans);
    }
}
