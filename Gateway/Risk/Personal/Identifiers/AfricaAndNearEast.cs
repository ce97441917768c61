using static Gateway.Risk.Personal.Identifiers.CheckDigits;
using static Gateway.Risk.Personal.Identifiers.IdentifierRule;

namespace Gateway.Risk.Personal.Identifiers;

internal static class AfricaAndNearEast
{
    public static IReadOnlyList<IdentifierRule> All { get; } =
    [
        new("ZA_ID", "a South African identity number", "9999999999999|999999 9999 999", 0.6, "south africa|id number|identity number|rsa id", digits => Date(digits, 4, 2) && digits[10] is '0' or '1' && Luhn(digits), "identity number ⟦7503305044089⟧", "!7503305044088"),
        new("NG_NIN", "a Nigerian identity number", "99999999999|9999-999-9999", 0.15, "nin |nin:|national identi", digits => Verhoeff(digits) && Varied(digits, 3), "NIN ⟦74201358690⟧", "!NIN 12345678900"),
        new("NG_VEHICLE_REGISTRATION", "a Nigerian number plate", "AAA-999AA|AAA999AA|AAA 999AA", 0.3, "vehicle|plate|registration", Anything, "plate ⟦ABC-123DE⟧", "⟦ABC 123DE⟧", "!ABC-12DE"),
        new("EG_NID", "an Egyptian national number", "99999999999999", 0.4, "رقم قومي|national id|الرقم القومي", digits => digits[0] is '2' or '3' && Date(digits, 5, 3) && Two(digits, 7) is (>= 1 and <= 4) or (>= 11 and <= 35) or 88, "national ID ⟦29001010112345⟧", "!29013010112345"),
        new("IL_ID", "an Israeli identity number", "999999999|99999999-9", 0.12, "teudat zehut|תעודת זהות|מספר זהות|israeli id", digits => Luhn(digits) && Varied(digits), "Israeli ID ⟦039337423⟧", "!Israeli ID 039337424"),
        new("TR_NATIONAL_ID", "a Turkish identity number", "99999999999", 0.6, "tc kimlik|t.c. kimlik|tckn|kimlik no|kimlik numara|turkish id", IsTurkish, "TCKN ⟦10000000146⟧", "!10000000145"),
        new("TR_LICENSE_PLATE", "a Turkish number plate", "99 AAA 999|99 AA 9999|99 AA 999|99 A 9999|99 A 99999|99 AAA 99|99AAA999|99AA9999|99AA999|99A9999", 0.2, "plaka|plate", text => Two(text, 0) is >= 1 and <= 81, "plaka ⟦34ABC123⟧", "plaka ⟦34 ABC 123⟧", "!plaka 99ABC123"),
        new("AE_EMIRATES_ID", "an Emirates ID", "999-9999-9999999-9|999999999999999", 0.8, "emirates id|هوية", digits => digits.StartsWith("784", StringComparison.Ordinal) && Two(digits, 3) is 19 or 20 && Luhn(digits), "Emirates ID ⟦784-1985-1234567-3⟧", "!784-1985-1234567-4"),
        new("SA_ID", "a Saudi identity number", "9999999999", 0.12, "iqama|national id|هوية|saudi", digits => digits[0] is '1' or '2' && Luhn(digits), "iqama ⟦2123456788⟧", "!iqama 2123456783"),
        new("KE_ID", "a Kenyan tax number", "A999999999A", 0.4, "kra|pin|kenya", text => text[0] is 'A' or 'P', "KRA PIN ⟦A001234567Z⟧", "!B001234567Z"),
    ];

    /// <summary>The tenth digit checks odd and even places apart, the eleventh the sum of all.</summary>
    private static bool IsTurkish(string digits)
    {
        if (digits[0] == '0') return false;
        var (odd, even) = (Sum(digits, 1, 0, 1, 0, 1, 0, 1, 0, 1), Sum(digits, 0, 1, 0, 1, 0, 1, 0, 1));
        return (((odd * 7) - even) % 10 + 10) % 10 == digits[9] - '0' && (odd + even + digits[9] - '0') % 10 == digits[10] - '0';
    }
}
