using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Gateway.Risk.Attacks.Model;

/// <summary>Words of a folded text that have fewer than sixteen characters, all of them a to z, digits or underscores: nearly all words of most texts. Seen as a whole, not character by character.</summary>
internal static class PlainWord
{
    public const int Longest = 15;

    /// <param name="letters">One byte each, and nothing behind them.</param>
    /// <returns>How long the word is that begins here; 0 where it is not such a word, or the text ends too soon to say.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int At(string text, int start, out Vector128<byte> letters)
    {
        letters = default;
        if (start + Characters.Count > text.Length) return 0;
        var all = Characters.At(text, start);
        var plain = Characters.In(all, 'a', 'z') | Characters.In(all, '0', '9') | Characters.Are(all, '_');
        var length = BitOperations.TrailingZeroCount(~plain.ExtractMostSignificantBits());
        if (length > Longest || !Token.Ends(text[start + length])) return 0;
        letters = all & Vector128.LessThan(Vector128<byte>.Indices, Vector128.Create((byte)length));
        return length;
    }
}
