using Contracts;

namespace Gateway.Risk.Secrets;

/// <summary>Private keys in PEM armour: from the BEGIN line to the matching END, or as far as it still reads like a key.</summary>
internal sealed class PrivateKeyDetector : IRiskDetector
{
    private const string Begin = "-----BEGIN ", Marker = "PRIVATE KEY", Dashes = "-----", Footer = "-----END ";

    /// <summary>Longest label between the dashes, as in <c>RSA PRIVATE KEY BLOCK</c>.</summary>
    private const int LongestLabel = 40;

    /// <summary>A key has at least one line of so many characters without a break; documentation has not.</summary>
    private const int ShortestRun = 32;

    private static readonly DetectorProfile Profile = new("secrets.private-key", RiskCategory.Secret, "PRIVATE_KEY",
        [MadeUp.Fill("see ⟦-----BEGIN " + "RSA PRIVATE KEY-----\n{s64}\n{s64}\n-----END " + "RSA PRIVATE KEY-----⟧ done"),
         MadeUp.Fill("\"⟦-----BEGIN " + "PRIVATE KEY-----\\n{s64}\\n{s40}\\n-----END " + "PRIVATE KEY-----⟧\\n\""),
         MadeUp.Fill("⟦-----BEGIN " + "OPENSSH PRIVATE KEY-----\n{s64}\n{s64}⟧")],
        ["What does -----BEGIN " + "RSA PRIVATE KEY----- mean?", "-----BEGIN " + "PRIVATE KEY-----\n...\n-----END " + "PRIVATE KEY-----",
         MadeUp.Fill("-----BEGIN " + "PUBLIC KEY-----\n{s64}\n-----END " + "PUBLIC KEY-----"), MadeUp.Fill("-----BEGIN " + "CERTIFICATE-----\n{s64}\n-----END CERTIFICATE-----")]);

    public IReadOnlyList<DetectorProfile> Profiles { get; } = [Profile];

    public void Detect(InspectedText text, List<Finding> found)
    {
        var from = 0;
        while (text.Text.IndexOf(Begin, from, StringComparison.Ordinal) is >= 0 and var begin)
        {
            from = begin + Begin.Length;
            var label = text.Text.AsSpan(from, Math.Min(LongestLabel, text.Text.Length - from));
            var close = label.IndexOf(Dashes);
            if (close < 0 || !label[..close].Contains(Marker, StringComparison.Ordinal)) continue;

            var body = from + close + Dashes.Length;
            var (material, end) = Body(text.Text, body);
            if (IsKey(text.Text.AsSpan(body, material - body)))
            {
                found.Add(text.Finding(Profile, begin, end, 0.99, "Is a private key that starts with a BEGIN line."));
            }
            from = end;
        }
    }

    /// <summary>Where the key material ends, and where the block does: after its END line, or with the last line that reads like a key.</summary>
    private static (int Material, int End) Body(string text, int body)
    {
        var dashes = text.IndexOf(Dashes, body, StringComparison.Ordinal);
        var next = dashes < 0 ? text.Length : dashes;
        if (!text.AsSpan(next).StartsWith(Footer, StringComparison.Ordinal))
        {
            var last = LastKeyLine(text.AsSpan(body, next - body)) + body;
            return (last, last);
        }
        var name = next + Footer.Length;
        var close = text.AsSpan(name, Math.Min(LongestLabel, text.Length - name)).IndexOf(Dashes);
        return (next, close < 0 ? name : name + close + Dashes.Length);
    }

    private static int LastKeyLine(ReadOnlySpan<char> body)
    {
        var end = 0;
        for (var at = 0; at < body.Length;)
        {
            var line = body[at..];
            var length = line.IndexOf('\n') is >= 0 and var found ? found : line.Length;
            var words = line[..length].Trim();
            if (words.Contains(' ') && !words.Contains(": ", StringComparison.Ordinal)) break;
            if (words.Length > 0) end = at + line[..length].TrimEnd().Length;
            at += length + 1;
        }
        return end;
    }

    private static bool IsKey(ReadOnlySpan<char> material)
    {
        var run = 0;
        var longest = 0;
        foreach (var c in material)
        {
            run = char.IsAsciiLetterOrDigit(c) || c is '+' or '/' or '=' or '\\' ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }
        return longest >= ShortestRun && Entropy.Of(material) > 3.5;
    }
}
