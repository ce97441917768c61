namespace Gateway.Risk.Attacks.Model;

/// <summary>What a word is taken apart into: its hash, what it means by itself, and the characters inside it.</summary>
internal static class WordParts
{
    /// <summary>Three and four characters from each of its own on.</summary>
    public const int MostPieces = 2 * (FeatureSpace.LongestWord + 1);

    /// <summary>The classes of the word, or of the longest stem it begins with.</summary>
    public static (uint Hash, Meanings Meanings) Read(ReadOnlySpan<char> word)
    {
        var (words, stems) = (Lexicon.Shipped.Words, Lexicon.Shipped.Stems);
        var (hash, meanings) = (Token.Empty, default(Meanings));
        foreach (var c in word)
        {
            if (c == '\'') continue;
            hash = Token.Add(hash, c);
            if (stems.MayHave(hash) && stems.Of(hash) is { Count: > 0 } longer) meanings = longer;
        }
        if (words.MayHave(hash) && words.Of(hash) is { Count: > 0 } whole) meanings = whole;
        return (hash, meanings);
    }

    /// <summary>Hashes of three and four characters each, from one before the first on.</summary>
    /// <returns>How many.</returns>
    public static int Pieces(ReadOnlySpan<char> word, bool alone, Span<uint> pieces)
    {
        var (count, piece) = (0, (ulong)'^');
        foreach (var c in word)
        {
            if (c == '\'') continue;
            piece = (piece << 16) | c;
            Add(piece, pieces, ref count);
        }
        if (!alone) Add((piece << 16) | '$', pieces, ref count);
        return count;
    }

    /// <summary>The last three and four characters.</summary>
    private static void Add(ulong piece, Span<uint> pieces, ref int count)
    {
        if (piece >> 32 == 0) return;
        pieces[count++] = (uint)(((piece & 0xFFFF_FFFF_FFFF) * 0x9E37_79B9_7F4A_7C15) >> 32);
        if (piece >> 48 != 0) pieces[count++] = (uint)((piece * 0xD6E8_FEB8_6659_FD93) >> 32);
    }
}
