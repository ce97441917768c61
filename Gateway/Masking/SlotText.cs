using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Gateway.Masking;

/// <summary>
/// The part of a stretch of answer text that has not left yet, as it came (raw) and as it reads: in a JSON slot
/// <c>alice\u0040example.com</c> reads <c>alice@example.com</c>. Positions are positions in the text as it reads; each
/// stands for one whole escape, so nothing that is cut at a position is cut inside an escape.
/// </summary>
internal sealed class SlotText(bool json)
{
    private readonly List<char> text = [];
    private readonly List<char> raw = [];

    /// <summary>For each character of the text: where it starts in raw, times two, plus one inside a JSON string.</summary>
    private readonly List<int> origins = [];
    private int taken;
    private int decoded;
    private bool inString;

    public bool IsJson => json;

    /// <summary>What has been read and not taken.</summary>
    public ReadOnlySpan<char> Text => CollectionsMarshal.AsSpan(text)[taken..];

    /// <summary>Raw characters not taken, half an escape included.</summary>
    public int Held => json ? raw.Count - RawStart(0) : text.Count - taken;

    public void Append(ReadOnlySpan<char> chunk)
    {
        if (!json)
        {
            text.AddRange(chunk);
            return;
        }
        raw.AddRange(chunk);
        Decode(final: false);
    }

    /// <summary>No more will come: half an escape stands for itself.</summary>
    public void End()
    {
        if (json) Decode(final: true);
    }

    private void Decode(bool final)
    {
        var source = CollectionsMarshal.AsSpan(raw);
        while (decoded < source.Length)
        {
            var (c, length) = (source[decoded], 1);
            if (c == '\\')
            {
                length = ReadEscape(source[decoded..], ref c);
                if (length == 0 && !final) return;
                length = Math.Max(length, 1);
            }

            var delimiter = c == '"' && length == 1;
            text.Add(c);
            origins.Add((decoded << 1) | (inString && !delimiter ? 1 : 0));
            inString ^= delimiter;
            decoded += length;
        }
    }

    /// <summary>Length of the escape, 0 when it is not all there yet, 1 when it is none and the backslash stands for itself.</summary>
    private static int ReadEscape(ReadOnlySpan<char> source, ref char c)
    {
        if (source.Length == 1) return 0;
        if (source[1] == 'u') return ReadCodeUnit(source, ref c);

        const string names = "\"\\/bfnrt";
        const string characters = "\"\\/\b\f\n\r\t";
        var index = names.IndexOf(source[1]);
        if (index < 0) return 1;
        c = characters[index];
        return 2;
    }

    private static int ReadCodeUnit(ReadOnlySpan<char> source, ref char c)
    {
        const int whole = 6;
        foreach (var digit in source[2..Math.Min(source.Length, whole)])
        {
            if (!char.IsAsciiHexDigit(digit)) return 1;
        }
        if (source.Length < whole) return 0;
        c = (char)ushort.Parse(source[2..whole], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        return whole;
    }

    /// <summary>Whether a position is text that people read, not the grammar of JSON around it.</summary>
    public bool IsContent(int at) => !json || (origins[taken + at] & 1) == 1;

    /// <summary>Whether a position belongs to a number or a word that stands bare in JSON.</summary>
    public bool IsBare(int at) => !IsContent(at) && !IsGrammar(Text[at]);

    private static bool IsGrammar(char c) => c is '"' or ',' or ':' or '{' or '}' or '[' or ']' || char.IsWhiteSpace(c);

    /// <summary>A bare number hidden in part would not be JSON any more.</summary>
    public (int Start, int End) WidenBare(int start, int end, int limit)
    {
        if (!json) return (start, end);
        if (IsBare(start)) while (start > 0 && IsBare(start - 1)) start--;
        if (IsBare(end - 1)) while (end < limit && IsBare(end)) end++;
        return (start, end);
    }

    public void CopyRaw(int start, int end, StringBuilder to)
    {
        if (end > start) to.Append(json ? CollectionsMarshal.AsSpan(raw)[RawStart(start)..RawStart(end)] : Text[start..end]);
    }

    private int RawStart(int at) => taken + at < origins.Count ? origins[taken + at] >> 1 : decoded;

    public void Take(int length) => taken += length;

    /// <summary>Gives back the room of what was taken.</summary>
    public void Trim()
    {
        if (taken == 0) return;
        if (json)
        {
            var dropped = RawStart(0);
            raw.RemoveRange(0, dropped);
            decoded -= dropped;
            origins.RemoveRange(0, taken);
            foreach (ref var origin in CollectionsMarshal.AsSpan(origins)) origin -= dropped << 1;
        }
        text.RemoveRange(0, taken);
        taken = 0;
    }
}
