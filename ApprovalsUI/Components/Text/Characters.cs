using System.Globalization;

namespace ApprovalsUI.Components.Text;

/// <summary>Walks over a string by code points; half of a surrogate pair counts as one.</summary>
internal static class Characters
{
    internal static (int Value, int Size) At(string text, int at) =>
        char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1])
            ? (char.ConvertToUtf32(text[at], text[at + 1]), 2)
            : (text[at], 1);

    /// <returns>How many UTF-16 units the same character fills from here on.</returns>
    internal static int Run(string text, int at)
    {
        var (first, _) = At(text, at);
        return Run(text, at, character => character == first);
    }

    internal static int Run(string text, int at, Func<int, bool> belongs)
    {
        var end = at;
        while (end < text.Length && At(text, end) is var (character, size) && belongs(character))
        {
            end += size;
        }

        return end - at;
    }

    internal static int Count(string text, int at, int length)
    {
        var count = 0;
        for (var end = at + length; at < end; at += At(text, at).Size)
        {
            count++;
        }

        return count;
    }

    internal static UnicodeCategory Category(int character) =>
        character > char.MaxValue ? CharUnicodeInfo.GetUnicodeCategory(character) : CharUnicodeInfo.GetUnicodeCategory((char)character);

    internal static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
