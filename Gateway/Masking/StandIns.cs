namespace Gateway.Masking;

/// <summary>Finds in a unit what stands for values of this request: pseudonyms first, then made-up values in the rest.</summary>
internal sealed class StandIns(Pseudonyms pseudonyms, SlotText slot)
{
    /// <summary>Adds what is to be restored, and makes it blank, so that nobody takes it for a leak.</summary>
    /// <param name="unit">Stands at the beginning of the slot's text.</param>
    /// <param name="before">The character before it.</param>
    public void Blank(Span<char> unit, char before, List<Edit> edits)
    {
        if (pseudonyms.Count > 0) BlankTokens(unit, edits);
        if (pseudonyms.Fakes.Count > 0) BlankFakes(unit, before, edits);
    }

    private void BlankTokens(Span<char> unit, List<Edit> edits)
    {
        // In JSON a bracket outside strings ends its unit, so no token is ever seen there.
        for (var at = 0; unit[at..].IndexOf('[') is >= 0 and var found; at++)
        {
            at += found;
            if (at > 0 && unit[at - 1] == '\\' && Blank(unit, at - 1, edits)) continue;
            Blank(unit, at, edits);
        }
    }

    private bool Blank(Span<char> unit, int at, List<Edit> edits)
    {
        var length = TokenForm.Read(unit[at..], out var token);
        if (length == 0 || !pseudonyms.TryRestore(token, out var value)) return false;

        edits.Add(new Edit(at, at + length, EditKind.Restore, value));
        unit.Slice(at, length).Fill(' ');
        return true;
    }

    private void BlankFakes(Span<char> unit, char before, List<Edit> edits)
    {
        foreach (var (start, end, value) in pseudonyms.Fakes.In(unit, before))
        {
            // A part of a bare number cannot be put in quotes.
            if (!slot.IsContent(start) && slot.WidenBare(start, end, unit.Length) != (start, end)) continue;

            edits.Add(new Edit(start, end, EditKind.Restore, value));
            unit[start..end].Fill(' ');
        }
    }
}
