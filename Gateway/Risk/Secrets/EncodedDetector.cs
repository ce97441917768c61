using System.Buffers;
using System.Text;
using Contracts;

namespace Gateway.Risk.Secrets;

/// <summary>
/// Secrets under one layer of encoding: base64, hex, percent signs or escapes. A run is decoded only if it begins like text
/// and then looked through once, so that the cost stays linear.
/// </summary>
internal sealed class EncodedDetector : IRiskDetector
{
    /// <summary>Shorter runs hold no secret with its name.</summary>
    private const int ShortestBase64 = 20, ShortestHex = 32;

    /// <summary>Longer runs are files, and are looked at as far as this.</summary>
    private const int Longest = 65_536;

    private static readonly SearchValues<char> Base64Characters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_"), HexDigits = SearchValues.Create("0123456789ABCDEFabcdef");

    private static readonly SearchValues<char> WhiteSpace = SearchValues.Create([.. Enumerable.Range(0, char.MaxValue + 1).Select(c => (char)c).Where(char.IsWhiteSpace)]);

    private static readonly DetectorProfile Profile = new("secrets.encoded", RiskCategory.Secret, "SECRET",
        [$"data ⟦{Base64("{\"password\":\"k81N!abXq\"}")}⟧ end", $"x=⟦{Convert.ToHexStringLower(Encoding.ASCII.GetBytes("db_password=k81N!abXq"))}⟧;", "q=%7B%22password%22%3A%22⟦k81%4E%21abXq⟧%22%7D",
         $"tls: ⟦{Base64(MadeUp.Fill("-----BEGIN " + "PRIVATE KEY-----\n{s64}\n{s64}\n-----END " + "PRIVATE KEY-----"))}⟧"],
        [Base64("{\"title\":\"a letter to the editor\"}"), "q=what%20is%20a%20password%3F", MadeUp.Fill("{s64}"), MadeUp.Fill("{h64}"), Base64("password: <your password here>")]);

    private static readonly PrivateKeyDetector Keys = new();

    public IReadOnlyList<DetectorProfile> Profiles { get; } = [Profile];

    public void Detect(InspectedText text, List<Finding> found)
    {
        var run = text.Text;
        for (var start = 0; start + ShortestBase64 <= run.Length;)
        {
            // A run that begins here goes at least so far: if it does not, the next begins behind the last white space before.
            if (run.AsSpan(start, ShortestBase64).LastIndexOfAny(WhiteSpace) is >= 0 and var broken)
            {
                start += broken + 1;
                continue;
            }
            var end = run.AsSpan(start).IndexOfAny(WhiteSpace) is >= 0 and var length ? start + length : run.Length;
            if (run.AsSpan(start, end - start).IndexOfAny('%', '\\') is >= 0 and var first && run.AsSpan(start + first + 1, end - start - first - 1).IndexOfAny('%', '\\') >= 0) Unescaped(text, start, end, found);
            Blocks(text, start, end, found);
            start = end;
        }
    }

    private static void Unescaped(InspectedText text, int start, int end, List<Finding> found)
    {
        if (EscapedText.Of(text.Text.AsSpan(start, end - start)) is not { } plain) return;

        List<Finding> inside = [];
        SecretDetector.Table.Detect(Inside(plain.Text), inside.Add);
        foreach (var inner in Overlaps.Resolve(inside))
        {
            found.Add(text.Finding(Profile, start + plain.Start(inner.Start), start + plain.End(inner.End), inner.Confidence - 0.02, "Holds, behind escapes, what would be found in the open."));
        }
    }

    private static void Blocks(InspectedText text, int start, int end, List<Finding> found)
    {
        for (var at = start; at + ShortestBase64 <= end;)
        {
            // As above: a block that begins here goes at least so far, or none begins before the place where it broke.
            if (text.Text.AsSpan(at, ShortestBase64).LastIndexOfAnyExcept(Base64Characters) is >= 0 and var broken)
            {
                at += broken + 1;
                continue;
            }
            var from = at;
            at = text.Text.AsSpan(at, end - at).IndexOfAnyExcept(Base64Characters) is >= 0 and var length ? at + length : end;
            var block = text.Text.AsSpan(from, at - from);
            while (at < end && text.Text[at] == '=') at++;
            if (Decode(block) is { } plain && Holds(plain)) found.Add(text.Finding(Profile, from, at, 0.85, "Holds, encoded, what would be found in the open."));
        }
    }

    private static string? Decode(ReadOnlySpan<char> block)
    {
        var hex = block.IndexOfAnyExcept(HexDigits) < 0;
        block = block[..Math.Min(block.Length, Longest)];
        if (hex) return block.Length >= ShortestHex && block.Length % 2 == 0 && IsText(Convert.FromHexString(block[..16])) ? Encoding.Latin1.GetString(Convert.FromHexString(block)) : null;
        if (EncodedPairs.Decode(block[..16]) is not { } beginning || !IsText(Encoding.Latin1.GetBytes(beginning))) return null;
        return EncodedPairs.Decode(block[..(block.Length % 4 == 1 ? block.Length - 1 : block.Length)]);
    }

    private static bool Holds(string plain)
    {
        List<Finding> inner = [];
        Keys.Detect(Inside(plain), inner);
        if (inner.Count == 0) SecretDetector.Table.Detect(Inside(plain), inner.Add);
        return inner.Count > 0;
    }

    private static InspectedText Inside(string plain) => new(new PromptPart("", "", "", plain));

    private static bool IsText(ReadOnlySpan<byte> bytes) => bytes.IndexOfAnyExceptInRange((byte)' ', (byte)'~') is var odd && (odd < 0 || bytes[odd] is (byte)'\n' or (byte)'\r' or (byte)'\t');

    private static string Base64(string plain) => Convert.ToBase64String(Encoding.ASCII.GetBytes(plain));
}
