using System.Numerics;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace Gateway.Keys;

/// <summary>
/// What an issued key looks like: <c>apk_</c>, 43 random letters and digits (256 bits), and 6 that sum them up. A typing
/// error shows without a look-up, and a scanner for leaked secrets needs one pattern and finds nothing else.
/// </summary>
internal static partial class KeyText
{
    private const string Prefix = "apk_";
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const int Random = 43, Sum = 6;

    public static string New()
    {
        var random = RandomNumberGenerator.GetString(Alphabet, Random);
        return Prefix + random + SumOf(random);
    }

    public static bool IsWellFormed(string key) => Shape().IsMatch(key) && SumOf(key.AsSpan(Prefix.Length, Random)) == key[^Sum..];

    /// <summary>By what people tell their keys apart.</summary>
    public static string Hint(string key) => key[^4..];

    /// <summary>CRC-32C: no change within 32 bits in a row leaves it as it was, let alone that of one character.</summary>
    private static string SumOf(ReadOnlySpan<char> random)
    {
        var crc = uint.MaxValue;
        foreach (var c in random) crc = BitOperations.Crc32C(crc, (byte)c);
        var digits = new char[Sum];
        for (var i = Sum - 1; i >= 0; i--, crc /= (uint)Alphabet.Length) digits[i] = Alphabet[(int)(crc % (uint)Alphabet.Length)];
        return new string(digits);
    }

    [GeneratedRegex(@"\Aapk_[0-9A-Za-z]{49}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Shape();
}
