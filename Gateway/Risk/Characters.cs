using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Gateway.Risk;

/// <summary>Sixteen characters at once, one byte each; whatever is beyond Latin-1 is 255, which nobody asks for.</summary>
internal static class Characters
{
    public const int Count = 16;

    /// <summary>A bit for each.</summary>
    public const uint All = 0xFFFF;

    public static Vector128<byte> At(ReadOnlySpan<char> text, int at)
    {
        var units = MemoryMarshal.Cast<char, ushort>(text.Slice(at, Count));
        return Vector128.NarrowWithSaturation(Vector128.Create(units), Vector128.Create(units[8..]));
    }

    public static Vector128<byte> Are(Vector128<byte> characters, char one) => Vector128.Equals(characters, Vector128.Create((byte)one));

    /// <summary>Letters of ASCII, in both cases.</summary>
    public static Vector128<byte> AreLetters(Vector128<byte> characters) => In(characters | Vector128.Create((byte)0x20), 'a', 'z');

    public static Vector128<byte> In(Vector128<byte> characters, char first, char last) =>
        Vector128.LessThanOrEqual(characters - Vector128.Create((byte)first), Vector128.Create((byte)(last - first)));
}
