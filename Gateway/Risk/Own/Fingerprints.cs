namespace Gateway.Risk.Own;

/// <summary>
/// Fingerprints of a text by winnowing (Schleimer, Wilkerson, Aiken 2003): of every <see cref="Window"/> hashes of
/// <see cref="Grain"/> letters in a row the smallest is kept. Any <see cref="Guaranteed"/> letters that two texts have in common
/// give at least one common fingerprint; fewer than <see cref="Grain"/> never do. Only letters and digits count, folded, so that
/// layout, case and punctuation do not matter.
/// </summary>
internal static class Fingerprints
{
    /// <summary>About ten words.</summary>
    public const int Grain = 48;
    private const int Window = 49, Ring = 64;
    public const int Guaranteed = Grain + Window - 1;

    private const ulong Base = 0x9E3779B97F4A7C15;
    private static readonly ulong Leaving = Power(Base, Grain - 1);

    /// <summary>Each kept hash and where its letters begin and end in the folded text, in order of place.</summary>
    public static List<(ulong Hash, int Start, int End)> Of(string folded)
    {
        List<(ulong, int, int)> kept = [];
        var places = new int[folded.Length];
        var letters = 0;
        var hash = 0UL;
        // A ring of hashes that may still be the smallest of a window: smallest first, each later and larger than the one before.
        Span<(ulong Hash, int Letter)> waiting = stackalloc (ulong, int)[Ring];
        var (first, behind) = (0, 0);
        var last = -1;
        for (var at = 0; at < folded.Length; at++)
        {
            if (!char.IsLetterOrDigit(folded[at])) continue;
            if (letters >= Grain) hash -= folded[places[letters - Grain]] * Leaving;
            hash = (hash * Base) + folded[at];
            places[letters++] = at;
            if (letters < Grain) continue;

            var mixed = Mix(hash);
            while (behind > first && waiting[(behind - 1) % Ring].Hash >= mixed) behind--;
            waiting[behind++ % Ring] = (mixed, letters - Grain);
            if (waiting[first % Ring].Letter < letters - Guaranteed) first++;
            var smallest = waiting[first % Ring];
            if (letters < Guaranteed || smallest.Letter == last) continue;
            last = smallest.Letter;
            kept.Add((smallest.Hash, places[last], places[last + Grain - 1] + 1));
        }
        return kept;
    }

    private static ulong Power(ulong value, int exponent)
    {
        var power = 1UL;
        for (var i = 0; i < exponent; i++) power *= value;
        return power;
    }

    /// <summary>The last step of splitmix64: nearby sums become hashes in no order.</summary>
    private static ulong Mix(ulong x)
    {
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return x ^ (x >> 31);
    }
}
