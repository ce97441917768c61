using Gateway.Masking.Disguised;

namespace Gateway.Masking;

internal enum UnitKind
{
    /// <summary>More text is needed to tell where the unit ends.</summary>
    Open,
    Words,

    /// <summary>Words that reached the limit without an end.</summary>
    Full,
    PrivateKey,
}

/// <summary>
/// Cuts text into units: what is judged, and leaves, together. Where it cuts depends on the text only, never on how the
/// text arrived; that is what makes streamed equal to whole.
/// </summary>
/// <remarks>
/// A unit ends behind
/// <list type="bullet">
/// <item>a white space character, unless a value written in groups (<see cref="ValueGroups"/>), a token
/// (<see cref="TokenForm"/>) or something spelled out (<see cref="Spelling"/>) may go on behind it; so in prose a unit is a
/// word;</item>
/// <item>a full-width stop or comma, because Chinese and Japanese have no spaces;</item>
/// <item>in JSON source, a comma or an opening bracket outside strings;</item>
/// <item>a private key block (<see cref="KeyBlock"/>), which starts a unit too and does not outlast its JSON string;</item>
/// <item><see cref="Longest"/> characters; then <see cref="StreamMask"/> chooses the place.</item>
/// </list>
/// </remarks>
internal sealed class UnitCutter(SlotText slot)
{
    /// <summary>Characters; longer runs without white space are judged in overlapping pieces.</summary>
    public const int Longest = 4_096;

    private int scanned;
    private bool grouped;
    private bool inKey;
    private int content;

    /// <summary>The unit at the start of the slot's text. Goes on where it stopped when it was open.</summary>
    /// <param name="final">No more text will come: what is there is the last unit.</param>
    public UnitKind Next(bool final, out int length)
    {
        var text = slot.Text;
        var kind = inKey ? NextKey(text, final, out length) : NextWords(text, final, out length);
        if (kind is not UnitKind.Open) Restart();
        return kind;
    }

    private void Restart() => (scanned, grouped, inKey, content) = (0, false, false, 0);

    private UnitKind NextWords(ReadOnlySpan<char> text, bool final, out int length)
    {
        for (; scanned < text.Length; scanned++)
        {
            length = scanned + 1;
            if (scanned == Longest) return Cut(UnitKind.Full, char.IsSurrogatePair(text[scanned - 1], text[scanned]) ? Longest - 1 : Longest, out length);
            if (char.IsWhiteSpace(text[scanned]))
            {
                var begin = KeyBlock.BeginsBefore(text, scanned);
                var opens = begin >= 0 && slot.IsContent(begin) ? KeyBlock.Opens(text[begin..], final) : false;
                if (opens is null) return UnitKind.Open;
                if (opens is true && begin > 0) return Cut(UnitKind.Words, begin, out length);
                if (opens is true)
                {
                    (inKey, scanned) = (true, 0);
                    return NextKey(text, final, out length);
                }

                var inToken = TokenForm.GoesOn(text, scanned, final);
                if (inToken is null) return UnitKind.Open;
                var inGroups = inToken is true ? false : ValueGroups.GoOn(text, scanned, grouped, final);
                if (inGroups is null) return UnitKind.Open;
                grouped |= inGroups is true;
                var goesOn = inToken is true || inGroups is true ? true : Spelling.GoesOn(text, scanned, final);
                if (goesOn is null) return UnitKind.Open;
                if (goesOn is false) return UnitKind.Words;
            }
            else if (EndsUnit(text[scanned], scanned)) return UnitKind.Words;
        }
        return Cut(final ? UnitKind.Words : UnitKind.Open, scanned, out length);
    }

    private static UnitKind Cut(UnitKind kind, int at, out int length)
    {
        length = at;
        return kind;
    }

    private bool EndsUnit(char c, int at) => c switch
    {
        '\u3001' or '\u3002' or '\uFF01' or '\uFF0C' or '\uFF1B' or '\uFF1F' => true,
        ',' or '{' or '[' => !slot.IsContent(at),
        _ => false,
    };

    private UnitKind NextKey(ReadOnlySpan<char> text, bool final, out int length)
    {
        var limit = Math.Min(text.Length, KeyBlock.Longest);
        while (content < limit && slot.IsContent(content)) content++;
        length = KeyBlock.EndOf(text[..content], ref scanned);
        if (length > 0) return UnitKind.PrivateKey;

        length = content;
        return final || content == KeyBlock.Longest || content < limit ? UnitKind.PrivateKey : UnitKind.Open;
    }
}
