using static Gateway.Risk.Personal.Identifiers.CheckDigits;
using static Gateway.Risk.Personal.Identifiers.IdentifierRule;

namespace Gateway.Risk.Personal.Identifiers;

internal static class Germany
{
    private const string DocumentLetters = "CFGHJKLMNPRTVWXYZ";

    public static IReadOnlyList<IdentifierRule> All { get; } =
    [
        new("DE_TAX_ID", "a German tax identification number", "99999999999|99 999 999 999", 0.4, "steuer|idnr|id-nr|tin|tax id|identifikationsnummer", digits => digits[0] != '0' && Varied(digits, 3) && HasTaxPattern(digits) && Mod11And10(digits),
            "Steuer-ID: ⟦12345678903⟧", "!12345678901", "!11111111111"),
        new("DE_TAX_NUMBER", "a German tax number", "999/999/99999|99/999/99999|99/9999/9999|99/999/9999|999/9999/9999|9999999999999", 0.4, "steuernummer|steuernr|st.-nr|st-nr|stnr|tax number|finanzamt", IsTaxNumber,
            "Steuernummer ⟦123/456/78901⟧", "!0081508150001"),
        new("DE_VAT_ID", "a German VAT number", "AA999999999|AA 999999999|AA 999 999 999|AA-999-999-999|AA.999.999.999|AA 999-999.999", 0.6, "ust|vat|umsatzsteuer|mwst", text => text.StartsWith("DE", StringComparison.Ordinal) && text[2] != '0',
            "USt-IdNr.: ⟦DE136695976⟧", "⟦DE 136 695 976⟧", "⟦DE.136.695.976⟧", "!AT123456789", "!DE12345678"),
        new("DE_ID_CARD", "a German identity card number", "XXXXXXXXX", 0.35, "ausweis|personalausweis|identity card|id card|id-card|perso", text => IsDocument(text, "LMNPRTVWXYCFGHJK"),
            "Personalausweis: ⟦L01X00T44⟧.", "!L01X00T47", "!123456789"),
        new("DE_PASSPORT", "a German passport number", "XXXXXXXXX", 0.35, "reisepass|pass-nr|passnr|passnummer|passport", text => IsDocument(text, "CFGHJKLMNPRTVWXYZ"),
            "Reisepass ⟦C01234565⟧", "!C01234567"),
        new("DE_SOCIAL_SECURITY", "a German pension insurance number", "99999999A999|99 999999 A 999", 0.7, "sozialversicherung|rentenversicherung|sv-nummer|versicherungsnummer|social security", IsPension,
            "SV-Nummer ⟦15070649C103⟧", "⟦15 070649 C 103⟧", "!15070649C104"),
        new("DE_HEALTH_INSURANCE", "a German health insurance number", "A999999999", 0.4, "krankenversicher|kvnr|versichertennummer|krankenkasse|health insurance", IsHealth,
            "KVNR ⟦A123456780⟧", "!A123456781"),
        new("DE_FUEHRERSCHEIN", "a German driving licence", "A9XXXXXXX99|X99XXXXXX9X", 0, "führerschein|fuehrerschein|fahrerlaubnis|driving licence|driver", text => text.Any(char.IsAsciiDigit),
            "Führerschein ⟦B072RRE2I55⟧", "!B072RRE2I5"),
        new("DE_HANDELSREGISTER", "a German commercial register number", "AAA 9999|AAA 99999|AAA 999999|AAA9999|AAA99999|AAA999999", 0.5, "handelsregister|registergericht|amtsgericht", text => text[..3] is "HRA" or "HRB",
            "Handelsregister ⟦HRB12345⟧", "⟦HRB 12345⟧", "!ABC12345"),
        new("DE_KFZ", "a German number plate", "A AA 9|A AA 99|A AA 999|A AA 9999|AA AA 99|AA AA 999|AA AA 9999|AAA AA 99|AAA AA 999|AAA AA 9999|A A 99|A A 999|A A 9999|AA A 99|AA A 999|AA A 9999|AAA A 99|AAA A 999|AAA A 9999"
            + "|A AA 99A|A AA 999A|A AA 9999A|AA AA 99A|AA AA 999A|AAA AA 99A|AAA AA 9999A|A-AA-9|A-AA-99|A-AA-999|A-AA-9999|AA-AA-99|AA-AA-999|AA-AA-9999|AAA-AA-99|AAA-AA-999|AAA-A-999|AA-A-9999|A-AA 99|A-AA 999|A-AA 9999|AA-AA 99|AA-AA 999|AA-AA 9999|AAA-AA 999|AAA-A 999|AA-A 9999", 0.2,
            "kennzeichen|kfz|fahrzeug|nummernschild|auto |wagen|plate", IsPlate,
            "Kennzeichen ⟦HH-AB-1234⟧", "⟦B AB 1234⟧", "!X-AB-1234-5"),
        new("DE_PLZ", "a German postcode", "99999", 0.1, "plz|postleitzahl|postfach|anschrift|wohnhaft", digits => digits[..2] is not "00" && int.Parse(digits, provider: null) is >= 1001 and <= 99998,
            "PLZ ⟦10115⟧", "!PLZ 00000", "!PLZ 99999"),
    ];

    /// <summary>Of the first ten digits one stands two or three times; of the later numbers' freedom no use is made.</summary>
    private static bool HasTaxPattern(string digits) => digits[..10].GroupBy(digit => digit).Max(group => group.Count()) <= 3;

    /// <summary>In thirteen digits the state comes first (01 to 16) and the fifth is always 0 or belongs to the office.</summary>
    private static bool IsTaxNumber(string digits) => digits.Length != 13 || Two(digits, 0) is >= 1 and <= 16;

    private static bool IsDocument(string text, string first) =>
        first.Contains(text[0]) && text.Any(char.IsAsciiDigit) && text.Where(char.IsAsciiLetter).All(DocumentLetters.Contains) && (Icao(text) || (text[0] == 'T' && text[1..].All(char.IsAsciiDigit)));

    /// <summary>VKVV § 2: the letter counts as two digits, weights 2 1 2 5 7 1 2 1 2 1 2 1 over digit sums.</summary>
    private static bool IsPension(string text)
    {
        var digits = $"{text[..8]}{text[8] - 'A' + 1:00}{text[9..11]}";
        ReadOnlySpan<int> weights = [2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1];
        var sum = 0;
        for (var i = 0; i < weights.Length; i++)
        {
            var product = (digits[i] - '0') * weights[i];
            sum += (product / 10) + (product % 10);
        }
        return sum % 10 == text[11] - '0';
    }

    /// <summary>The letter counts as two digits, then Luhn's weights from the left.</summary>
    private static bool IsHealth(string text)
    {
        var digits = $"{text[0] - 'A' + 1:00}{text[1..9]}";
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var product = (digits[i] - '0') * (i % 2 == 0 ? 1 : 2);
            sum += (product / 10) + (product % 10);
        }
        return sum % 10 == text[9] - '0';
    }

    private static bool IsPlate(string text)
    {
        var letters = text.TakeWhile(char.IsAsciiLetter).Count();
        var digits = text[letters..].TrimEnd('E', 'H');
        return letters <= 5 && digits.All(char.IsAsciiDigit) && digits[0] != '0' && (text.Length == letters + digits.Length || text[^1] is 'E' or 'H');
    }
}
