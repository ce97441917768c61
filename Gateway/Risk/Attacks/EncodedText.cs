using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Gateway.Risk.Attacks;

/// <summary>Runs of Base64 that decode to readable text.</summary>
internal static class EncodedText
{
    /// <summary>Fewer characters hold no sentence worth hiding.</summary>
    private const int Shortest = 24;

    private static readonly SearchValues<char> Alphabet = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_");
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static string Of(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    public static IEnumerable<(int Start, int End, string Decoded)> In(string text)
    {
        // A run that begins here goes at least so far: if it does not, none begins before the place where it broke.
        for (var at = 0; at + Shortest <= text.Length;)
        {
            var broken = text.AsSpan(at, Shortest).LastIndexOfAnyExcept(Alphabet);
            if (broken >= 0)
            {
                at += broken + 1;
                continue;
            }
            var end = text.AsSpan(at).IndexOfAnyExcept(Alphabet) is >= 0 and var length ? at + length : text.Length;
            if (Decode(text.AsSpan(at, end - at)) is { } decoded)
            {
                var start = at;
                while (end < text.Length && text[end] == '=') end++;
                yield return (start, end, decoded);
            }
            at = end + 1;
        }
    }

    private static string? Decode(ReadOnlySpan<char> run)
    {
        var whole = run[..(run.Length - (run.Length % 4 == 1 ? 1 : 0))];
        var plain = string.Create(whole.Length, whole, static (to, from) =>
        {
            from.CopyTo(to);
            to.Replace('+', '-');
            to.Replace('/', '_');
        });
        var bytes = new byte[Base64Url.GetMaxDecodedLength(plain.Length)];
        if (Base64Url.DecodeFromChars(plain, bytes, out _, out var written) != OperationStatus.Done) return null;
        try
        {
            var text = Strict.GetString(bytes, 0, written);
            return text.Count(c => char.IsLetter(c) || c == ' ') > 0.8 * text.Length ? text : null;
        }
        catch (DecoderFallbackException)
        {
            return null; // Bytes, not text.
        }
    }
}
