using static Gateway.Risk.Personal.Identifiers.CheckDigits;
using static Gateway.Risk.Personal.Identifiers.IdentifierRule;

namespace Gateway.Risk.Personal.Identifiers;

internal static class UnitedKingdom
{
    public static IReadOnlyList<IdentifierRule> All { get; } =
    [
        new("UK_NHS", "an NHS number", "999~999~9999", 0.35, "nhs|national health|health service", digits => (11 - (Sum(digits, 10, 9, 8, 7, 6, 5, 4, 3, 2) % 11)) % 11 == digits[9] - '0' && Varied(digits),
            "NHS ⟦401-023-2137⟧", "!401-023-2138"),
        new("UK_NINO", "a national insurance number", "AA999999A|AA 99 99 99 A|AA-99-99-99-A|AA 999999A|AA 999999 A", 0.6, "nino|national insurance|ni number|ni no|insurance no", IsNino,
            "NINO ⟦AA123456B⟧", "⟦AA 12 34 56 B⟧", "⟦AB-12-34-56-C⟧", "!BG123612A", "!AA123456H"),
        new("UK_PASSPORT", "a British passport number", "999999999|AA9999999", 0.1, "passport|travel document", Anything, "UK passport ⟦925665416⟧", "!passport 92566541"),
        new("UK_POSTCODE", "a British postcode", "A9 9AA|A99 9AA|AA9 9AA|AA99 9AA|A9A 9AA|AA9A 9AA|A99AA|A999AA|AA99AA|AA999AA|A9A9AA|AA9A9AA|AAA 9AA|AAA9AA", 0.25, "postcode|post code|address|postal|live at|lives at|deliver", IsPostcode,
            "postcode ⟦EC1A1BB⟧", "at ⟦SW1A 1AA⟧", "!QA11AA", "!M11CA"),
        new("UK_VEHICLE_REGISTRATION", "a British number plate", "AA99AAA|AA99 AAA|AA99-AAA|A999 AAA|A99 AAA|A9 AAA|A999AAA|AAA 999A|AAA 99A|AAA 9A|AAA999A", 0.25, "registration|reg |number plate|licence plate|license plate|vehicle|car ", IsPlate,
            "car reg ⟦BD62XYZ⟧", "plate ⟦AB51 ABC⟧", "⟦LN14-HGT⟧", "!AB49ABC"),
        new("UK_DRIVING_LICENCE", "a British driving licence", "AAAAA999999AAXAA|AAAA9999999AAXAA|AAA99999999AAXAA|AA999999999AAXAA", 0.8, "driving|driver|licence|dvla", text => Two(text, 6) % 50 is >= 1 and <= 12,
            "licence ⟦MORGA657054SM9IJ⟧", "!MORGA699054SM9IJ"),
    ];

    /// <summary>HMRC: prefixes not used, suffix A to D.</summary>
    private static bool IsNino(string text) =>
        !"DFIQUV".Contains(text[0]) && !"DFIOQUV".Contains(text[1]) && text[..2] is not ("BG" or "GB" or "KN" or "NK" or "NT" or "TN" or "ZZ") && text[^1] is >= 'A' and <= 'D' && text[2..8] != "000000";

    /// <summary>Royal Mail's format: letters that no area starts with, none of CIKMOV in the inward part.</summary>
    private static bool IsPostcode(string text)
    {
        if (text == "GIR0AA") return true;
        var outward = text[..^3];
        if (outward.All(char.IsAsciiLetter) || "QVX".Contains(outward[0]) || (char.IsAsciiLetter(outward[1]) && "IJZ".Contains(outward[1]))) return false;
        return !"CIKMOV".Contains(text[^2]) && !"CIKMOV".Contains(text[^1]);
    }

    /// <summary>DVLA: since 2001 two letters, a half-year (02 to 29, 51 to 79), three letters; before, a year letter at either end.</summary>
    private static bool IsPlate(string text)
    {
        if (char.IsAsciiLetter(text[1]) && char.IsAsciiDigit(text[2]))
        {
            var year = Two(text, 2);
            return !"IQZ".Contains(text[0]) && !"IQZ".Contains(text[1]) && year is (>= 2 and <= 29) or (>= 51 and <= 79) && !text[4..].Any("IQ".Contains);
        }
        return char.IsAsciiDigit(text[1]) ? !"IOQUZ".Contains(text[0]) && !text[^3..].Any("IQ".Contains) : !"IOQUZ".Contains(text[^1]) && !text[..3].Any("IQ".Contains);
    }
}
