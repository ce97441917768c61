namespace Gateway.Risk.Classifiers;

/// <summary>A stretch of a text that a model reads at once.</summary>
internal sealed record Window(int Start, int End, IReadOnlyList<int> Tokens);

internal static class Windows
{
    /// <summary>Windows begin again this part of one before the last one's end, so that what one cuts the next has whole.</summary>
    private const int Overlap = 8;

    /// <summary>In their order; each takes as many whole pieces as have room.</summary>
    /// <param name="room">Tokens of one window.</param>
    public static IEnumerable<Window> Over(IReadOnlyList<Piece> pieces, int room)
    {
        for (var first = 0; first < pieces.Count;)
        {
            List<int> tokens = [];
            var next = first;
            while (next < pieces.Count && tokens.Count + pieces[next].Tokens.Count <= room) tokens.AddRange(pieces[next++].Tokens);
            if (next == first) throw new InvalidDataException("One word is longer than a window."); // letters of an alphabet that the vocabulary spells out
            yield return new(pieces[first].Start, pieces[next - 1].End, tokens);
            if (next == pieces.Count) yield break;

            var (again, back) = (next, 0);
            while (again - 1 > first && (back += pieces[again - 1].Tokens.Count) <= room / Overlap) again--;
            first = again;
        }
    }
}
