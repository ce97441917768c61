using System.Text;

namespace ApprovalsUI.Components.Text;

/// <summary>
/// Pictures made of several characters, some of them invisible: left whole, for they are seen. By the grammar of UTS #51; of flags in
/// tag characters only the three that are in use.
/// </summary>
internal static class Emoji
{
    private const int Joiner = 0x200D;
    private const int Keycap = 0x20E3;
    private const int BlackFlag = 0x1F3F4;
    private const int CancelTag = 0xE007F;

    /// <summary>The longest in use has ten characters; what goes on for longer carries something else.</summary>
    private const int MaxElements = 5;
    private static readonly string[] Regions = ["gbeng", "gbsct", "gbwls"];
    private static readonly string[] Flags = [.. Regions.Select(Flag)];

    private static readonly (int First, int Last)[] Pictures =
    [
        (0xA9, 0xA9), (0xAE, 0xAE), (0x203C, 0x203C), (0x2049, 0x2049), (0x2122, 0x2122), (0x2139, 0x2139), (0x2194, 0x2199), (0x21A9, 0x21AA),
        (0x231A, 0x231B), (0x2328, 0x2328), (0x23CF, 0x23CF), (0x23E9, 0x23F3), (0x23F8, 0x23FA), (0x24C2, 0x24C2), (0x25AA, 0x25AB), (0x25B6, 0x25B6),
        (0x25C0, 0x25C0), (0x25FB, 0x25FE), (0x2600, 0x27BF), (0x2934, 0x2935), (0x2B05, 0x2B07), (0x2B1B, 0x2B1C), (0x2B50, 0x2B50), (0x2B55, 0x2B55),
        (0x3030, 0x3030), (0x303D, 0x303D), (0x3297, 0x3297), (0x3299, 0x3299), (0x1F000, 0x1F1E5), (0x1F200, 0x1F3FA), (0x1F400, 0x1FAFF),
    ];

    /// <returns>The UTF-16 units of a picture that needs characters one could not see; 0 where there is none.</returns>
    internal static int Length(string text, int at)
    {
        if (text[at] is >= '0' and <= '9' or '#' or '*')
        {
            return at + 2 < text.Length && text[at + 1] == 0xFE0F && text[at + 2] == Keycap ? 3 : 0;
        }

        if (text[at] < 0xA9)
        {
            return 0;
        }

        if (Characters.At(text, at).Value == BlackFlag && Array.Find(Flags, flag => string.CompareOrdinal(text, at, flag, 0, flag.Length) == 0) is { } known)
        {
            return known.Length;
        }

        var end = Element(text, at);
        for (var elements = 1; end > at && elements < MaxElements && end + 1 < text.Length && text[end] == Joiner; elements++)
        {
            if (Element(text, end + 1) is var next && next == end + 1)
            {
                break;
            }

            end = next;
        }

        return end - at > Characters.At(text, at).Size ? end - at : 0;
    }

    /// <returns>Where one picture with its presentation and skin ends; where it would begin if there is none.</returns>
    private static int Element(string text, int at)
    {
        var (picture, size) = Characters.At(text, at);
        if (!IsPicture(picture))
        {
            return at;
        }

        var end = at + size;
        if (end < text.Length && Characters.At(text, end).Value is >= 0x1F3FB and <= 0x1F3FF)
        {
            end += 2;
        }
        else if (end < text.Length && text[end] is '\uFE0E' or '\uFE0F' && !(end + 1 < text.Length && CharacterNames.Selector(Characters.At(text, end + 1).Value) is not null))
        {
            end++;
        }

        return end;
    }

    private static bool IsPicture(int character) => Array.Exists(Pictures, range => character >= range.First && character <= range.Last);

    private static string Flag(string region) =>
        new StringBuilder(char.ConvertFromUtf32(BlackFlag)).AppendJoin("", region.Select(letter => char.ConvertFromUtf32(0xE0000 + letter))).Append(char.ConvertFromUtf32(CancelTag)).ToString();
}
