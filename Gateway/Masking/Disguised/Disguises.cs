using Contracts;

namespace Gateway.Masking.Disguised;

/// <summary>
/// Values that a unit does not show but says: in base64 or hexadecimal, behind escapes, backwards, letter by letter or in
/// words. Each way of reading is tried once, where the text looks like it, and never two on top of each other.
/// </summary>
/// <remarks>
/// Detectors may read some of these themselves (the shipped ones find secrets in base64, hexadecimal and behind percent
/// signs, in prompts as well); what they find is not looked at again. This is about what a detector of addresses or cards
/// cannot see, and only where it is sure: an encoded guess is no reason to break a picture or a checksum.
/// </remarks>
internal sealed class Disguises(AnswerMask answer, SlotText slot)
{
    private const double Sure = 0.85;

    /// <summary>Adds what is to be hidden, of what nothing is known yet.</summary>
    /// <param name="unit">Stands at the beginning of the slot's text.</param>
    public void Find(ReadOnlySpan<char> unit, List<Edit> edits)
    {
        foreach (var run in EncodedRuns.In(unit, edits)) Hide(unit, run, edits);
        if (EscapedRuns.Read(unit) is { } unescaped) Hide(unit, unescaped, edits);
        foreach (var spelled in Spelling.In(unit)) Hide(unit, spelled, edits);
        if (Backwards(unit) is { } reversed) Hide(unit, reversed, edits);
    }

    private void Hide(ReadOnlySpan<char> unit, Reading reading, List<Edit> edits)
    {
        foreach (var finding in answer.Find(reading.Text))
        {
            if (finding.Confidence < Sure || finding.Start >= finding.End) continue;

            var (start, end) = Span(reading, finding);
            if (edits.Exists(edit => edit.Start < end && start < edit.End)) continue;
            (start, end) = slot.WidenBare(start, end, unit.Length);
            if (answer.IsCallersOwn(reading.Text[finding.Start..finding.End]) || answer.IsCallersOwn(unit[start..end].ToString())) continue;
            edits.Add(new Edit(start, end, EditKind.Hide, finding.Type));
        }
    }

    /// <summary>Backwards, the last character stands first.</summary>
    private static (int Start, int End) Span(Reading reading, Finding finding)
    {
        var (first, last) = (reading.Places[finding.Start], reading.Places[finding.End - 1]);
        return (Math.Min(first.Start, last.Start), Math.Max(first.End, last.End));
    }

    /// <summary>Only what may be an address or a long number: every word backwards would cost as much as all the rest.</summary>
    private static Reading? Backwards(ReadOnlySpan<char> unit)
    {
        if (!unit.Contains('@') && !HasLongNumber(unit)) return null;

        var text = unit.ToString();
        if (text.Any(char.IsSurrogate)) return null;
        var places = new (int, int)[text.Length];
        for (var i = 0; i < places.Length; i++) places[i] = (places.Length - 1 - i, places.Length - i);
        return new Reading(string.Concat(text.Reverse()), places);
    }

    /// <summary>
    /// In groups of three digits and more, and no decimal fraction: lists of small numbers and fractions have the check
    /// digit of a card backwards by chance, and no detector sees from behind what they are.
    /// </summary>
    private static bool HasLongNumber(ReadOnlySpan<char> unit)
    {
        const int fewest = 9, group = 3;
        var (digits, groups) = (0, 0);
        for (var i = 0; i < unit.Length; i++)
        {
            if (!char.IsAsciiDigit(unit[i])) continue;
            if (i > 0 && unit[i - 1] == '.') return false;
            digits++;
            if (i == 0 || !char.IsAsciiDigit(unit[i - 1])) groups++;
        }
        return digits >= fewest && digits >= group * groups;
    }
}
