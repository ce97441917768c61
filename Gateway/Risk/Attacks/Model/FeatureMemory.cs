using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Gateway.Risk.Attacks.Model;

/// <summary>
/// What the reader of one text keeps in mind: which features its block has had, and plain words that were taken apart already.
/// Lent for one text and given back empty, so that no word of it stays, and nobody learns from the time it takes what another has sent.
/// </summary>
internal readonly struct FeatureMemory : IDisposable
{
    private const int FewestWords = 64, MostWords = 1_024;

    /// <summary>So much room has each known word for its pieces; the longest has two less.</summary>
    private const int PiecesEach = 2 * (PlainWord.Longest + 1);

    private readonly ulong[] seen;
    private readonly KnownWord[] words;
    private readonly uint[] pieces;
    private readonly int shift;

    /// <param name="length">Of the text. A word that comes to another's place takes it.</param>
    public FeatureMemory(int length)
    {
        var count = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Clamp(length / 8, FewestWords, MostWords));
        shift = 64 - BitOperations.Log2((uint)count);
        (seen, words, pieces) = (ArrayPool<ulong>.Shared.Rent(FeatureSpace.SeenLength), ArrayPool<KnownWord>.Shared.Rent(count), ArrayPool<uint>.Shared.Rent(count * PiecesEach));
    }

    public Span<ulong> Seen => seen.AsSpan(0, FeatureSpace.SeenLength);

    /// <summary>Where the word is known from here on, until another takes its place.</summary>
    /// <param name="letters">As <see cref="PlainWord.At"/> gives them.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Know(Vector128<byte> letters, ReadOnlySpan<char> written)
    {
        var place = (int)(((letters.AsUInt64()[0] ^ (letters.AsUInt64()[1] * 0xD6E8_FEB8_6659_FD93)) * 0x9E37_79B9_7F4A_7C15) >> shift);
        if (words[place].Letters != letters) TakeApart(letters, written, place);
        return place;
    }

    public ref readonly KnownWord this[int place] => ref words[place];

    /// <summary>Of the word that has this place.</summary>
    public ReadOnlySpan<uint> Pieces(int place) => pieces.AsSpan(place * PiecesEach, words[place].Pieces);

    private void TakeApart(Vector128<byte> letters, ReadOnlySpan<char> written, int place)
    {
        var (hash, meanings) = WordParts.Read(written);
        words[place] = new(letters, hash, meanings, WordParts.Pieces(written, alone: false, pieces.AsSpan(place * PiecesEach, PiecesEach)));
    }

    public void Dispose()
    {
        ArrayPool<ulong>.Shared.Return(seen, clearArray: true);
        ArrayPool<KnownWord>.Shared.Return(words, clearArray: true);
        ArrayPool<uint>.Shared.Return(pieces, clearArray: true);
    }
}

internal readonly record struct KnownWord(Vector128<byte> Letters, uint Hash, Meanings Meanings, int Pieces);
