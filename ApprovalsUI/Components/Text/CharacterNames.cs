using System.Collections.Frozen;
using System.Globalization;

namespace ApprovalsUI.Components.Text;

/// <summary>
/// Which characters a reader could not see or could be misled by, and what to call them. Everything that Unicode puts
/// among control, format, private-use, surrogate and unassigned characters, and those that look like nothing.
/// </summary>
internal static class CharacterNames
{
    private const int TagSpace = 0xE0020;
    private const int TagTilde = 0xE007E;

    private static readonly string[] Controls =
    [
        "NUL", "SOH", "STX", "ETX", "EOT", "ENQ", "ACK", "BEL", "BS", "TAB", "LF", "VT", "FF", "CR", "SO", "SI",
        "DLE", "DC1", "DC2", "DC3", "DC4", "NAK", "SYN", "ETB", "CAN", "EM", "SUB", "ESC", "FS", "GS", "RS", "US",
    ];

    private static readonly FrozenDictionary<int, (string Label, string Words)> Named = new Dictionary<int, (string, string)>
    {
        [0x007F] = ("DEL", "delete"),
        [0x0085] = ("NEL", "next line"),
        [0x00A0] = ("NBSP", "no-break space"),
        [0x00AD] = ("SHY", "soft hyphen"),
        [0x034F] = ("CGJ", "combining grapheme joiner"),
        [0x061C] = ("ALM", "Arabic letter mark"),
        [0x115F] = ("HCF", "Hangul initial filler"),
        [0x1160] = ("HJF", "Hangul medial filler"),
        [0x17B4] = ("KIV AQ", "Khmer inherent vowel"),
        [0x17B5] = ("KIV AA", "Khmer inherent vowel"),
        [0x180E] = ("MVS", "Mongolian vowel separator"),
        [0x200B] = ("ZWSP", "zero width space"),
        [0x200C] = ("ZWNJ", "zero width non-joiner"),
        [0x200D] = ("ZWJ", "zero width joiner"),
        [0x200E] = ("LRM", "left-to-right mark"),
        [0x200F] = ("RLM", "right-to-left mark"),
        [0x2028] = ("LSEP", "line separator"),
        [0x2029] = ("PSEP", "paragraph separator"),
        [0x202A] = ("LRE", "left-to-right embedding"),
        [0x202B] = ("RLE", "right-to-left embedding"),
        [0x202C] = ("PDF", "pop directional formatting"),
        [0x202D] = ("LRO", "left-to-right override"),
        [0x202E] = ("RLO", "right-to-left override"),
        [0x202F] = ("NNBSP", "narrow no-break space"),
        [0x2060] = ("WJ", "word joiner"),
        [0x2061] = ("FA", "function application"),
        [0x2062] = ("IT", "invisible times"),
        [0x2063] = ("IS", "invisible separator"),
        [0x2064] = ("IP", "invisible plus"),
        [0x2066] = ("LRI", "left-to-right isolate"),
        [0x2067] = ("RLI", "right-to-left isolate"),
        [0x2068] = ("FSI", "first strong isolate"),
        [0x2069] = ("PDI", "pop directional isolate"),
        [0x2800] = ("BLANK", "blank braille pattern"),
        [0x2D7F] = ("TCJ", "Tifinagh consonant joiner"),
        [0x3000] = ("IDSP", "ideographic space"),
        [0x3164] = ("HF", "Hangul filler"),
        [0xFEFF] = ("BOM", "zero width no-break space"),
        [0xFFA0] = ("HWHF", "halfwidth Hangul filler"),
        [0xFFF9] = ("IAA", "interlinear annotation anchor"),
        [0xFFFA] = ("IAS", "interlinear annotation separator"),
        [0xFFFB] = ("IAT", "interlinear annotation terminator"),
        [0xFFFC] = ("OBJ", "object replacement character"),
        [0x1107F] = ("BNJ", "Brahmi number joiner"),
        [0x16FE4] = ("KSF", "Khitan small script filler"),
        [0x1D159] = ("NULL NOTE", "musical null notehead"),
        [0xE0001] = ("LANG TAG", "language tag"),
        [0xE007F] = ("TAG END", "cancel tag"),
    }.ToFrozenDictionary();

    /// <summary>The ASCII character that a tag character repeats invisibly; null for all others.</summary>
    internal static char? Tagged(int character) =>
        character is >= TagSpace and <= TagTilde ? (char)(character - TagSpace + ' ') : null;

    /// <returns>Null for a character that can be shown as it is.</returns>
    internal static (string Label, string Words)? Of(int character)
    {
        if (Named.TryGetValue(character, out var name))
        {
            return (name.Label, $"{Code(character)} {name.Words}");
        }

        if (character < Controls.Length)
        {
            return (Controls[character], $"{Code(character)} control character");
        }

        if (Selector(character) is { } selector)
        {
            return ($"VS{selector}", $"{Code(character)} variation selector");
        }

        if (character is >= 0x180B and <= 0x180D or 0x180F)
        {
            return ($"FVS{(character == 0x180F ? 4 : character - 0x180B + 1)}", $"{Code(character)} Mongolian variation selector");
        }

        return Characters.Category(character) switch
        {
            UnicodeCategory.Control => (Code(character), $"{Code(character)} control character"),
            UnicodeCategory.Format => (Code(character), $"{Code(character)} format character"),
            UnicodeCategory.PrivateUse => ($"PUA {character:X4}", $"{Code(character)} private use, no meaning of its own"),
            UnicodeCategory.Surrogate => ($"LONE {character:X4}", $"{Code(character)} half of a surrogate pair"),
            UnicodeCategory.OtherNotAssigned => (Code(character), $"{Code(character)} not assigned"),
            UnicodeCategory.SpaceSeparator when character is >= 0x2000 and <= 0x200A or 0x1680 or 0x205F =>
                ($"SP {character:X4}", $"{Code(character)} unusual space"),
            _ => null,
        };
    }

    /// <summary>The number of a variation selector, 1 to 256: they can carry a byte each.</summary>
    internal static int? Selector(int character) => character switch
    {
        >= 0xFE00 and <= 0xFE0F => character - 0xFE00 + 1,
        >= 0xE0100 and <= 0xE01EF => character - 0xE0100 + 17,
        _ => null,
    };

    /// <summary>Spaces other than the usual one: they take room, so they hide nothing but that they are different.</summary>
    internal static bool IsSpace(int character) => Characters.Category(character) == UnicodeCategory.SpaceSeparator;

    /// <summary>Combining marks that are drawn; those that are not (variation selectors, the grapheme joiner) have names.</summary>
    internal static bool IsMark(int character) =>
        character >= 0x300 && Characters.Category(character) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark && Of(character) is null;

    private static string Code(int character) => $"U+{character:X4}";
}
