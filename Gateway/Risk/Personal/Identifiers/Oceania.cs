using static Gateway.Risk.Personal.Identifiers.CheckDigits;

namespace Gateway.Risk.Personal.Identifiers;

internal static class Oceania
{
    public static IReadOnlyList<IdentifierRule> All { get; } =
    [
        new("AU_ABN", "an Australian business number", "99999999999|99 999 999 999", 0.5, "abn|business number", IsAbn, "ABN ⟦51 824 753 556⟧", "!ABN 52 824 753 556"),
        new("AU_ACN", "an Australian company number", "999999999|999 999 999", 0.2, "acn|company number", digits => (10 - (Sum(digits, 8, 7, 6, 5, 4, 3, 2, 1) % 10)) % 10 == digits[8] - '0' && digits != "000000000", "ACN ⟦005 499 981⟧", "!ACN 824 753 557"),
        new("AU_TFN", "an Australian tax file number", "999999999|999 999 999", 0.2, "tfn|tax file", digits => Sum(digits, 1, 4, 3, 7, 5, 8, 6, 9, 10) % 11 == 0 && Varied(digits), "TFN ⟦876 543 210⟧", "!TFN 824 753 557"),
        new("AU_MEDICARE", "an Australian Medicare number", "9999999999|9999 99999 9|9999-99999-9", 0.3, "medicare", digits => digits[0] is >= '2' and <= '6' && Sum(digits, 1, 3, 7, 9, 1, 3, 7, 9) % 10 == digits[8] - '0', "Medicare ⟦2123 45670 1⟧", "!Medicare 2123 45671 1"),
        new("NZ_IRD", "a New Zealand tax number", "99-999-999|999-999-999|99999999", 0.15, "ird", IsIrd, "IRD ⟦49-091-850⟧", "!IRD 49-091-851"),
        new("NZ_NHI", "a New Zealand health number", "AAA9999", 0.1, "nhi", text => !text.Contains('I') && !text.Contains('O') && IsNhi(text), "NHI ⟦ZAC5361⟧", "!NHI ZAC5362"),
    ];

    private static bool IsAbn(string digits) => digits[0] != '0' && (Sum(digits, 10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19) - 10) % 89 == 0;

    private static bool IsIrd(string digits)
    {
        var nine = digits.PadLeft(9, '0');
        var check = (11 - (Sum(nine, 3, 2, 7, 6, 5, 4, 3, 2) % 11)) % 11;
        if (check == 10) check = (11 - (Sum(nine, 7, 4, 3, 2, 5, 2, 7, 6) % 11)) % 11;
        return check == nine[8] - '0' && int.Parse(nine, provider: null) is >= 10_000_000 and <= 150_000_000;
    }

    /// <summary>HISO 10046: letters without I and O count from 1, weights 7 to 2, modulo 11.</summary>
    private static bool IsNhi(string text)
    {
        const string letters = "ABCDEFGHJKLMNPQRSTUVWXYZ";
        var sum = 0;
        for (var i = 0; i < 6; i++) sum += (7 - i) * (i < 3 ? letters.IndexOf(text[i], StringComparison.Ordinal) + 1 : text[i] - '0');
        var check = 11 - (sum % 11);
        return check != 11 && check % 10 == text[6] - '0';
    }
}
