namespace Gateway.Risk.Secrets;

internal static class Entropy
{
    /// <summary>Shannon's entropy in bits per character: words lie near 3, random keys above 3.5 (hex) or 4.5 (base64).</summary>
    public static double Of(ReadOnlySpan<char> text)
    {
        if (text.Length == 0) return 0;
        Span<int> counts = stackalloc int[128];
        foreach (var c in text) counts[c & 127]++;

        var bits = 0.0;
        foreach (var count in counts)
        {
            if (count == 0) continue;
            var share = (double)count / text.Length;
            bits -= share * Math.Log2(share);
        }
        return bits;
    }
}
