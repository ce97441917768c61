using static Gateway.Risk.Personal.Identifiers.CheckDigits;
using static Gateway.Risk.Personal.Identifiers.IdentifierRule;

namespace Gateway.Risk.Personal.Identifiers;

/// <summary>From Poland to Russia, and the Balkans.</summary>
internal static class EasternEurope
{
    public static IReadOnlyList<IdentifierRule> All { get; } =
    [
        new("PL_PESEL", "a Polish PESEL number", "99999999999", 0.4, "pesel", digits => Two(digits, 2) % 20 is >= 1 and <= 12 && Two(digits, 4) is >= 1 and <= 31 && Sum(digits, 1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1) % 10 == 0,
            "PESEL ⟦44051401458⟧", "!PESEL 44051401459"),
        new("PL_NIP", "a Polish tax number", "999-999-99-99|999-99-99-999|9999999999", 0.2, "nip|vat", digits => Sum(digits, 6, 5, 7, 2, 3, 4, 5, 6, 7) % 11 == digits[9] - '0' && Varied(digits), "NIP ⟦856-734-62-15⟧", "!856-734-62-16"),
        new("CZ_RC", "a Czech or Slovak birth number", "999999/9999|9999999999", 0.2, "rodné číslo|rodne cislo|rodného čísla|birth number|rč", digits => Two(digits, 2) % 50 is (>= 1 and <= 12) or (>= 21 and <= 32) && Two(digits, 4) is >= 1 and <= 31 && long.Parse(digits, provider: null) % 11 == 0,
            "rodné číslo ⟦710319/2745⟧", "!710319/2746"),
        new("RO_CNP", "a Romanian personal number", "9999999999999", 0.6, "cnp|cod numeric", digits => digits[0] != '0' && Date(digits, 5, 3) && Sum(digits, 2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9) % 11 is var check && (check == 10 ? 1 : check) == digits[12] - '0',
            "CNP ⟦1630615123457⟧", "!1630615123458"),
        new("BG_EGN", "a Bulgarian civil number", "9999999999", 0.2, "егн|egn", digits => Two(digits, 2) % 20 is >= 1 and <= 12 && Two(digits, 4) is >= 1 and <= 31 && Sum(digits, 2, 4, 8, 5, 10, 9, 7, 3, 6) % 11 % 10 == digits[9] - '0',
            "EGN ⟦7523169263⟧", "!EGN 7523169264"),
        new("HR_OIB", "a Croatian OIB", "99999999999", 0.15, "oib", digits => Mod11And10(digits) && Varied(digits), "OIB ⟦33392005961⟧", "!OIB 33392005962"),
        new("SI_EMSO", "an EMŠO or JMBG number", "9999999999999", 0.5, "emšo|emso|jmbg|matični|maticni", digits => Date(digits, 0, 2) && (11 - (Sum(digits, 7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2) % 11)) % 11 == digits[12] - '0',
            "EMŠO ⟦0101006500006⟧", "!0101006500007"),
        new("HU_TAJ", "a Hungarian insurance number", "999 999 999|999-999-999|999999999", 0.1, "taj |taj:|taj-szám|tajszám", digits => Sum(digits, 3, 7, 3, 7, 3, 7, 3, 7) % 10 == digits[8] - '0' && Varied(digits), "TAJ ⟦111 111 110⟧", "!TAJ 111 111 111"),
        new("RU_SNILS", "a Russian insurance number", "999-999-999 99|99999999999", 0.4, "снилс|snils", digits => Sum(digits, 9, 8, 7, 6, 5, 4, 3, 2, 1) % 101 % 100 == Two(digits, 9) && Varied(digits), "СНИЛС ⟦112-233-445 95⟧", "!112-233-445 96"),
        new("RU_INN", "a Russian tax number", "999999999999", 0.3, "инн|inn ", digits => Sum(digits, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8) % 11 % 10 == digits[10] - '0' && Sum(digits, 3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8) % 11 % 10 == digits[11] - '0' && Varied(digits), "ИНН ⟦500100732259⟧", "!ИНН 500100732258"),
        new("RU_PASSPORT", "a Russian passport number", "99 99 999999|9999 999999", 0.05, "паспорт|passport", Anything, "паспорт ⟦45 08 123456⟧", "!45 08 12345"),
        new("UA_RNTRC", "a Ukrainian tax number", "9999999999", 0.1, "рнокпп|іпн|rntrc|ідентифікаційний", digits => (((Sum(digits, -1, 5, 7, 9, 4, 6, 10, 5, 7) % 11) + 11) % 11) % 10 == digits[9] - '0' && Varied(digits), "РНОКПП ⟦1759013776⟧", "!РНОКПП 1759013777"),
    ];
}
