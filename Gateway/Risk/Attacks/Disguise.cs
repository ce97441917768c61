namespace Gateway.Risk.Attacks;

/// <summary>
/// What a text says once its wrapping is taken off, and where the wrapping stands. Only one layer is taken off, and all
/// layers together are not longer than a few times the text.
/// </summary>
internal sealed class Disguise(int start, int end, string how, string text)
{
    private AttackReading? reading;

    public int Start { get; } = start;
    public int End { get; } = end;

    /// <summary>As an explanation says it: <c>in Base64</c>.</summary>
    public string How { get; } = how;
    public int Length => text.Length;

    /// <summary>Says all that the whole text says, only more readably: whoever reads this need not read the text.</summary>
    public bool SaysItAll { get; init; }
    public AttackReading Reading => reading ??= new(text, FoldedText.Of(text));

    public static IReadOnlyList<Disguise> In(string text)
    {
        List<Disguise> found = [];
        found.AddRange(EncodedText.In(text).Select(run => new Disguise(run.Start, run.End, "in Base64", run.Decoded)));
        HexText.AddTo(found, text);
        TagText.AddTo(found, text);
        RewrittenText.AddTo(found, text);
        return found;
    }
}
