using static Gateway.Risk.Personal.Identifiers.CheckDigits;
using static Gateway.Risk.Personal.Identifiers.IdentifierRule;

namespace Gateway.Risk.Personal.Identifiers;

/// <summary>France, the Low Countries, Switzerland, Austria, Ireland and the south.</summary>
internal static class WesternEurope
{
    private const string SpanishLetters = "TRWAGMYFPDXBNJZSQVHLCKE";
    private const string ItalianMonths = "ABCDEHLMPRST";


    public static IReadOnlyList<IdentifierRule> All { get; } =
    [
        new("FR_NIR", "a French social security number", "999999999999999|9 99 99 99 999 999 99|9 99 99 9A 999 999 99|99999A999999999", 0.75, "sécurité sociale|securite sociale|numéro de sécu|insee|nir |nir:|carte vitale", IsNir,
            "NIR : ⟦255081416802538⟧", "⟦2 55 08 14 168 025 38⟧", "⟦1 85 05 2A 168 025 84⟧", "!255081416802539"),
        new("FR_CNI", "a French identity card number", "999999999999|XXXXXXXXX", 0, "carte d'identité|carte nationale|cni", text => text.Count(char.IsAsciiDigit) >= 4, "carte nationale d'identité ⟦880692310285⟧", "!880692310285"),
        new("NL_BSN", "a Dutch citizen number", "999999999|9999.99.999", 0.15, "bsn|burgerservice|sofi", digits => (Sum(digits, 9, 8, 7, 6, 5, 4, 3, 2) - (digits[8] - '0')) % 11 == 0 && Varied(digits),
            "BSN ⟦111222333⟧", "!BSN 111222334"),
        new("BE_NRN", "a Belgian national number", "99.99.99-999.99|99.99.99-999-99|99999999999|999999-999-99", 0.5, "rijksregister|registre national|national number|nrn|niss|insz", IsBelgian,
            "⟦85.07.30-033.28⟧", "!85.07.30-033.29"),
        new("CH_AHV", "a Swiss social security number", "999.9999.9999.99|9999999999999", 0.85, "ahv|avs|sozialversicherung", digits => digits.StartsWith("756", StringComparison.Ordinal) && (10 - (Sum(digits, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3) % 10)) % 10 == digits[12] - '0',
            "AHV ⟦756.9217.0769.85⟧", "!756.9217.0769.84"),
        new("AT_SVNR", "an Austrian insurance number", "9999999999|9999 999999", 0.2, "svnr|sozialversicherung|versicherungsnummer|sv-nr", digits => Date(digits, 4, 6) && ((Sum(digits, 3, 7, 9) + Sum(digits[4..], 5, 8, 4, 2, 1, 6)) % 11) == digits[3] - '0',
            "SVNR ⟦1237 010180⟧", "!SVNR 1238 010180"),
        new("IE_PPS", "an Irish PPS number", "9999999A|9999999AA", 0.5, "pps|ppsn|personal public", IsPps, "PPS ⟦6433435F⟧", "!6433435E"),
        new("ES_NIF", "a Spanish tax number", "99999999A|9999999A|99999999-A|9999999-A", 0.7, "nif|dni|documento nacional", text => SpanishLetters[int.Parse(text[..^1], provider: null) % 23] == text[^1],
            "DNI ⟦55555555-K⟧", "⟦12345678Z⟧", "!12345678A"),
        new("ES_NIE", "a Spanish foreigner's number", "A9999999A|A-9999999-A|A9999999-A", 0.75, "nie|extranjero", text => text[0] is 'X' or 'Y' or 'Z' && SpanishLetters[int.Parse($"{text[0] - 'X'}{text[1..^1]}", provider: null) % 23] == text[^1],
            "NIE ⟦X5253868R⟧", "!X5253868T"),
        new("ES_PASSPORT", "a Spanish passport number", "AAA999999|AA999999", 0, "pasaporte|passport", Anything, "pasaporte ⟦AAA123456⟧", "!model AAA123456"),
        new("IT_FISCAL_CODE", "an Italian fiscal code", "AAAAAAXXAXXAXXXA", 0.8, "codice fiscale|fiscal code|c.f.|cf:", text => IsFiscalShape(text),
            "codice fiscale ⟦RCCMNL83S18D969H⟧", "!A55AAA00B11C333N"),
        new("IT_VAT_CODE", "an Italian VAT number", "99999999999|AA99999999999", 0.3, "partita iva|p.iva|p. iva|piva|vat", text => (text.Length == 11 || text.StartsWith("IT", StringComparison.Ordinal)) && Luhn(text.AsSpan(^11..)) && Varied(text[^11..]),
            "partita IVA ⟦00743110157⟧", "!partita IVA 00743110158"),
        new("IT_PASSPORT", "an Italian passport number", "AA9999999", 0.12, "passaporto|passport|elettronico", Anything, "passaporto ⟦YA1234567⟧", "!passaporto YA123456"),
        new("IT_IDENTITY_CARD", "an Italian identity card number", "AA9999999|AA99999AA|9999999AA|AA 9999999", 0.12, "carta d'identità|carta identità|carta di identità|identity card|cie", Anything, "carta d'identità ⟦CA12345AA⟧", "⟦AA 1234567⟧", "!CA12345A"),
        new("IT_DRIVER_LICENSE", "an Italian driving licence", "AA9999999A|U1XXXXXXXA", 0.25, "patente|driving licen|driver", text => text[..2].All(char.IsAsciiLetter), "patente ⟦AA0123456B⟧", "!patente A0123456B"),
        new("PT_NIF", "a Portuguese tax number", "999999999|999 999 999", 0.15, "nif|contribuinte|número fiscal", digits => digits[0] is '1' or '2' or '3' or '5' or '6' or '8' or '9' && Sum(digits, 9, 8, 7, 6, 5, 4, 3, 2) % 11 is var left && (left < 2 ? 0 : 11 - left) == digits[8] - '0',
            "NIF ⟦501964843⟧", "!NIF 501964842"),
        new("GR_AFM", "a Greek tax number", "999999999", 0.12, "αφμ|afm|α.φ.μ|tax id", digits => Sum(digits, 256, 128, 64, 32, 16, 8, 4, 2) % 11 % 10 == digits[8] - '0' && Varied(digits),
            "AFM ⟦094259216⟧", "!AFM 094259217"),
        new("GR_AMKA", "a Greek social security number", "99999999999", 0.35, "αμκα|amka", digits => Date(digits, 0, 2) && Luhn(digits), "AMKA ⟦01013099997⟧", "!AMKA 01013099998"),
    ];

    /// <summary>The number modulo 97 and its key make 97; Corsica's 2A and 2B count as 19 and 18.</summary>
    private static bool IsNir(string text)
    {
        if (text[0] is not ('1' or '2' or '3' or '4' or '7' or '8') || (text[6] is not ('A' or 'B') && !char.IsAsciiDigit(text[6]))) return false;
        var digits = text.Replace("2A", "19", StringComparison.Ordinal).Replace("2B", "18", StringComparison.Ordinal);
        return digits.All(char.IsAsciiDigit) && digits.Length == 15 && 97 - Remainder(digits[..13], 97) == Two(digits, 13);
    }

    /// <summary>Of people born since 2000 the number is checked with a 2 before it.</summary>
    private static bool IsBelgian(string digits) =>
        Two(digits, 2) % 20 <= 12 && Two(digits, 4) <= 31 && (97 - Remainder(digits[..9], 97) == Two(digits, 9) || 97 - Remainder("2" + digits[..9], 97) == Two(digits, 9));

    private static bool IsPps(string text)
    {
        var sum = Sum(text, 8, 7, 6, 5, 4, 3, 2) + (text.Length == 9 && text[8] != 'W' ? 9 * (text[8] - 'A' + 1) : 0);
        return "WABCDEFGHIJKLMNOPQRSTUV"[sum % 23] == text[7];
    }

    /// <summary>A day, a month's letter and a place; where the check letter is wrong it is still written like nothing else.</summary>
    private static bool IsFiscalShape(string text) =>
        ItalianMonths.Contains(text[8]) && text[6..8].All(IsDigitOrStandIn) && text[9..11].All(IsDigitOrStandIn) && text[12..15].All(IsDigitOrStandIn);

    /// <summary>Two people of one code: digits are replaced from the right by these letters (omocodia).</summary>
    private static bool IsDigitOrStandIn(char c) => char.IsAsciiDigit(c) || "LMNPQRSTUV".Contains(c);
}
