namespace Gateway.Masking;

/// <summary>
/// Private keys in PEM armour, the one secret that spans lines: <c>-----BEGIN … PRIVATE KEY-----</c> to
/// <c>-----END …-----</c> (RFC 7468, RFC 9580).
/// </summary>
/// <remarks>
/// A header that is only talked about ("the file starts with …") opens nothing: behind it must stand a line of key
/// material or an armour header. Once open, all is key until the end marker; if that never comes, until
/// <see cref="Longest"/> characters are hidden, and what follows is judged as ordinary text again.
/// </remarks>
internal static class KeyBlock
{
    /// <summary>Finding type under which a hidden block is counted.</summary>
    public const string Type = "PRIVATE_KEY";

    /// <summary>Characters; a 16,384-bit RSA key takes 12,700.</summary>
    public const int Longest = 16_384;

    private const string Begin = "-----BEGIN";
    private const string End = "-----END";
    private const string Dashes = "-----";
    private const int LongestMarker = 80;
    private const int LongestPadding = 64;

    /// <summary>This many characters of base64 in a row are key material, not a word.</summary>
    private const int KeyMaterial = 16;

    private static readonly string[] ArmourHeaders = ["Proc-Type:", "DEK-Info:", "Version:", "Comment:", "MessageID:", "Hash:", "Charset:"];

    /// <summary>Where the begin marker starts whose first space stands at <paramref name="space"/>, or -1.</summary>
    public static int BeginsBefore(ReadOnlySpan<char> text, int space) =>
        text[space] == ' ' && text[..space].EndsWith(Begin) ? space - Begin.Length : -1;

    /// <summary>Whether a private key opens at the begin marker that <paramref name="text"/> starts with; null when more text is needed to tell.</summary>
    public static bool? Opens(ReadOnlySpan<char> text, bool final)
    {
        bool? undecided = final ? false : null;

        var at = Begin.Length;
        while (at < text.Length && at < LongestMarker && (char.IsAsciiLetterUpper(text[at]) || char.IsAsciiDigit(text[at]) || text[at] == ' ')) at++;
        if (at == text.Length) return undecided;

        var name = text[..at];
        if (!name.EndsWith(" PRIVATE KEY") && !name.EndsWith(" PRIVATE KEY BLOCK")) return false;
        if (text.Length - at < Dashes.Length) return Dashes.AsSpan().StartsWith(text[at..]) ? undecided : false;
        if (!text[at..].StartsWith(Dashes)) return false;

        return OpensBody(text[(at + Dashes.Length)..], undecided);
    }

    private static bool? OpensBody(ReadOnlySpan<char> body, bool? undecided)
    {
        var at = 0;
        while (at < body.Length && at < LongestPadding)
        {
            // Keys are pasted as string literals, quoted mail, comments; a written-out \n is two characters.
            if (char.IsWhiteSpace(body[at]) || "\"'`+>#*|".Contains(body[at])) at++;
            else if (body[at] == '\\') at += 2;
            else break;
        }
        if (at >= body.Length) return undecided;

        body = body[at..];
        var run = 0;
        while (run < body.Length && run < KeyMaterial && (char.IsAsciiLetterOrDigit(body[run]) || body[run] is '+' or '/' or '=')) run++;
        if (run == KeyMaterial) return true;

        foreach (var header in ArmourHeaders)
        {
            if (body.StartsWith(header)) return true;
            if (header.AsSpan().StartsWith(body)) return undecided;
        }
        return run == body.Length ? undecided : false;
    }

    /// <summary>Length of the block that <paramref name="text"/> starts with, or 0 while its end is not there.</summary>
    /// <param name="text">From the begin marker on.</param>
    /// <param name="searched">Where to go on looking when more text has come.</param>
    public static int EndOf(ReadOnlySpan<char> text, ref int searched)
    {
        while (text[searched..].IndexOf(End) is >= 0 and var found)
        {
            searched += found;
            var name = text[(searched + End.Length)..];
            var close = name[..Math.Min(name.Length, LongestMarker)].IndexOf(Dashes);
            if (close >= 0) return searched + End.Length + close + Dashes.Length;
            if (name.Length < LongestMarker) return 0;
            searched += End.Length;
        }
        searched = Math.Max(searched, text.Length - End.Length + 1);
        return 0;
    }
}
