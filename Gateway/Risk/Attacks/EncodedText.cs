using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Unicode;

namespace Gateway.Risk.Attacks;

/// <summary>Runs of Base64 that decode to readable text.</summary>
internal static class EncodedText
{
    /// <summary>Fewer characters hold no sentence worth hiding.</summary>
    private const int Shortest = 24;

    private static readonly SearchValues<char> Alphabet = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_");

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
        if (!Utf8.IsValid(bytes.AsSpan(0, written))) return null; // bytes, not text
        var text = Encoding.UTF8.GetString(bytes, 0, written);
        var letters = 0;
        foreach (var c in text)
        {
            if (char.IsLetter(c) || c == ' ') letters++;
        }
        return letters > 0.8 * text.Length ? text : null;
    }
}
