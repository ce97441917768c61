using System.Buffers;
using System.Text;

namespace Gateway.Masking.Disguised;

/// <summary>Runs of base64 (both alphabets) and hexadecimal that decode to text. Pictures, digests and ids do not.</summary>
internal static class EncodedRuns
{
    /// <summary>Characters; less holds no address and no card.</summary>
    private const int ShortestBase64 = 12, ShortestHex = 24;

    private static readonly SearchValues<char> Alphabet = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_");

    /// <param name="known">What has been found already; such runs are not decoded.</param>
    public static IReadOnlyList<Reading> In(ReadOnlySpan<char> unit, List<Edit> known)
    {
        if (unit.Length < ShortestBase64) return [];

        List<Reading>? readings = null;
        for (var start = 0; start < unit.Length;)
        {
            var length = unit[start..].IndexOfAnyExcept(Alphabet);
            if (length < 0) length = unit.Length - start;
            var end = start + length;
            while (end < unit.Length && unit[end] == '=') end++;

            var (from, to) = (start, end);
            if (length >= ShortestBase64 && !known.Exists(edit => edit.Start < to && from < edit.End) && Decode(unit.Slice(start, length)) is { } text)
            {
                (readings ??= []).Add(Reading.OfRun(text, start, end));
            }
            start = end + (length == 0 && end == start ? 1 : 0);
        }
        return readings ?? [];
    }

    private static string? Decode(ReadOnlySpan<char> run)
    {
        if (run.Length >= ShortestHex && run.Length % 2 == 0 && run.IndexOfAnyExcept(HexDigits) < 0) return TextOf(Convert.FromHexString(run));
        if (run.Length % 4 == 1) return null;

        var padded = new char[(run.Length + 3) / 4 * 4];
        padded.AsSpan().Fill('=');
        for (var i = 0; i < run.Length; i++) padded[i] = run[i] switch { '-' => '+', '_' => '/', var c => c };
        var bytes = new byte[padded.Length / 4 * 3];
        return Convert.TryFromBase64Chars(padded, bytes, out var written) ? TextOf(bytes.AsSpan(0, written)) : null;
    }

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdefABCDEF");

    private static string? TextOf(ReadOnlySpan<byte> bytes)
    {
        foreach (var b in bytes)
        {
            if (b is < (byte)' ' and not ((byte)'\t' or (byte)'\n' or (byte)'\r') or 0x7F) return null;
        }
        return System.Text.Unicode.Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : null;
    }
}
