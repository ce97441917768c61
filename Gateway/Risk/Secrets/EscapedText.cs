using System.Text;

namespace Gateway.Risk.Secrets;

/// <summary>A run without white space as it reads without percent signs and escapes. Knows where each character came from.</summary>
internal sealed class EscapedText
{
    private readonly List<int> origins;

    private EscapedText(string text, List<int> origins) => (Text, this.origins) = (text, origins);

    public string Text { get; }

    public int Start(int at) => origins[at];

    public int End(int end) => origins[end];

    /// <summary>Null if there is nothing to take away.</summary>
    public static EscapedText? Of(ReadOnlySpan<char> run)
    {
        var text = new StringBuilder(run.Length);
        List<int> origins = new(run.Length + 1);
        var changed = false;
        for (var at = 0; at < run.Length;)
        {
            var (c, length) = Read(run[at..]);
            changed |= length > 1;
            if (c is { } read)
            {
                text.Append(read);
                origins.Add(at);
            }
            at += length;
        }
        origins.Add(run.Length);
        return changed ? new(text.ToString(), origins) : null;
    }

    private static (char? Read, int Length) Read(ReadOnlySpan<char> rest)
    {
        if (rest[0] == '%' && rest.Length > 2 && Hex(rest.Slice(1, 2)) is { } percent) return (percent, 3);
        if (rest[0] != '\\' || rest.Length < 2) return (rest[0], 1);
        return rest[1] switch
        {
            'u' when rest.Length > 5 && Hex(rest.Slice(2, 4)) is { } unicode => (unicode, 6),
            'x' when rest.Length > 3 && Hex(rest.Slice(2, 2)) is { } byHex => (byHex, 4),
            'n' or 'r' or 't' => (' ', 2),
            '"' or '\'' or '/' or '\\' => (rest[1] == '\\' ? null : rest[1], 2),
            _ => (rest[0], 1),
        };
    }

    private static char? Hex(ReadOnlySpan<char> digits)
    {
        var code = 0;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiHexDigit(digit)) return null;
            code = (code << 4) | HexDigit.Value(digit);
        }
        return (char)code;
    }
}
