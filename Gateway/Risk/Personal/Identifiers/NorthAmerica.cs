using static Gateway.Risk.Personal.Identifiers.CheckDigits;
using static Gateway.Risk.Personal.Identifiers.IdentifierRule;

namespace Gateway.Risk.Personal.Identifiers;

/// <summary>The United States (the social security number has a detector of its own) and Canada.</summary>
internal static class NorthAmerica
{
    /// <summary>Letters of a Medicare identifier: those that look like digits are left out (CMS, "MBI format").</summary>
    private const string MbiLetters = "ACDEFGHJKMNPQRTUVWXY";

    public static IReadOnlyList<IdentifierRule> All { get; } =
    [
        new("US_ITIN", "a US taxpayer number (ITIN)", "999~99~9999|999-999999|99999-9999", 0.5, "itin|taxpayer|tax id|tax-id|individual tax", IsItin,
            "tax id ⟦911-70-1234⟧", "ITIN: ⟦911701234⟧", "!911-89-1234", "!811-70-1234"),
        new("US_PASSPORT", "a US passport number", "999999999|A99999999", 0.1, "passport|travel document", Anything, "passport no. ⟦A12345678⟧", "!passport AB1234567"),
        new("US_DRIVER_LICENSE", "a US driver's licence", "A9999999|A99999999|A999999999999|A9999999999999|99999999|999999999|A99-99-9999|A999-9999-9999|A999-999-99-999-9|AA999999|AA999999A|999AA9999|A999999|A99999|9999999999|99999999999|999999999999|9999999999999", 0, "driver|licence|license|driving|dl no|dl#|dl:|dln|permit", Anything,
            "driver's license: ⟦D1234567⟧", "!batch D1234567") { Named = 0.7 },
        new("US_BANK_NUMBER", "a US bank account number", "99999999|999999999|9999999999|99999999999|999999999999|9999999999999|99999999999999|99999999999999999", 0, "bank account|account number|account no|account #|account#|acct|checking|savings|direct deposit|konto", Anything,
            "bank account ⟦945456787654⟧", "!order 945456787654") { Named = 0.7 },
        new("ABA_ROUTING_NUMBER", "a US bank routing number", "999999999|9999-9999-9", 0.15, "routing|aba |aba#|aba:|rtn|transit", digits => Two(digits, 0) is <= 12 or (>= 21 and <= 32) or (>= 61 and <= 72) or 80 && Sum(digits, 3, 7, 1, 3, 7, 1, 3, 7, 1) % 10 == 0 && Varied(digits),
            "routing number ⟦121000358⟧", "!routing 121000359"),
        new("US_NPI", "a provider number (NPI)", "9999999999|9999-999-999|9999 999 999", 0.15, "npi|provider|prescriber|practitioner", digits => digits[0] is '1' or '2' && Luhn("80840" + digits),
            "NPI ⟦1234567893⟧", "!NPI 1234567890"),
        new("US_MBI", "a Medicare number (MBI)", "9AX9AX9AA99|9AX9-AX9-AA99", 0.6, "medicare|mbi|beneficiary", IsMbi,
            "Medicare ID: ⟦3CD5-FG7-HJ89⟧", "⟦1EG4TE5MK73⟧", "!1SG4-TE5-MK73", "!12G4-TE5-MK73"),
        new("MEDICAL_LICENSE", "a DEA registration", "AA9999999|A99999999", 0.2, "dea|medical licen|registration|prescriber|physician", IsDea, "DEA ⟦BB1388568⟧", "!DEA BB1388567"),
        new("MEDICAL_RECORD_NUMBER", "a medical record number", "999999|9999999|99999999|999999999|9999999999|A999999|A9999999|A99999999|AA999999|AA99999999|A-9999999|A-999999|AA-999999|AA-99999999|99-99-99|999-999-999", 0, "mrn|medical record|patient id|patient number|patient no|chart no|chart number|record number|record no|hospital number|med rec|health record", Anything,
            "medical record number ⟦4829104⟧", "!order 4829104"),
        new("MEDICAL_RECORD_NUMBER", "a medical record number", "AAA999999|AAA9999999|AAA99999999|AAA999999999|AAA-99999|AAA-999999|AAA-9999999|AAA-99999999|AAA-999999999", 0.6, "mrn|medical record|patient|chart", text => text[..3] is "MRN" or "MED" or "PAT" or "HSP",
            "⟦MRN-4829104⟧", "for ⟦MED71236987⟧", "!ABC-4829104") { Part = "labelled" },
        new("CA_SIN", "a Canadian social insurance number", "999 999 999|999-999-999|999999999", 0.5, "sin |sin:|sin#|social insurance|nas:|nas |assurance sociale", digits => digits[0] is not ('0' or '8') && Luhn(digits) && Varied(digits),
            "my SIN is ⟦130-692-544⟧", "!130 692 545", "!046 454 286"),
    ];

    /// <summary>IRS: 9xx, then 50-65, 70-88, 90-92 or 94-99.</summary>
    private static bool IsItin(string digits) => digits[0] == '9' && Two(digits, 3) is (>= 50 and <= 65) or (>= 70 and <= 88) or (>= 90 and <= 92) or (>= 94 and <= 99);

    private static bool IsMbi(string text) => text[0] != '0' && text.Where(char.IsAsciiLetter).All(MbiLetters.Contains);

    /// <summary>DEA: first letter the kind of registrant, second the initial; the last digit checks the six before.</summary>
    private static bool IsDea(string text)
    {
        if (!"ABCDEFGHJKLMPRSTUX".Contains(text[0])) return false;
        var digits = text[^7..];
        return (Sum(digits, 1, 0, 1, 0, 1) + (2 * Sum(digits, 0, 1, 0, 1, 0, 1))) % 10 == digits[6] - '0';
    }
}
