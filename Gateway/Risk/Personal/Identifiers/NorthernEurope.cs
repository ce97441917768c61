using static Gateway.Risk.Personal.Identifiers.CheckDigits;

namespace Gateway.Risk.Personal.Identifiers;

/// <summary>The Nordic and Baltic countries.</summary>
internal static class NorthernEurope
{
    public static IReadOnlyList<IdentifierRule> All { get; } =
    [
        new("SE_PERSONNUMMER", "a Swedish personal number", "999999-9999|99999999-9999|9999999999|999999999999", 0.4, "personnummer|personal number|samordningsnummer|person-nr|pnr", digits => IsSwedish(digits[^10..]) && (digits.Length == 10 || Two(digits, 0) is >= 18 and <= 20),
            "personnummer ⟦811218-9876⟧", "!811218-9875", "!811318-9876"),
        new("SE_ORGANISATIONSNUMMER", "a Swedish organisation number", "999999-9999|9999999999", 0.35, "organisationsnummer|orgnummer|org.nr|org nr|org.-nr", digits => Two(digits, 2) >= 20 && digits[0] != '0' && Luhn(digits),
            "org.nr ⟦556703-7485⟧", "!556703-7486"),
        new("NO_FNR", "a Norwegian birth number", "99999999999|999999 99999", 0.55, "fødselsnummer|fodselsnummer|fnr|personnummer|d-nummer", IsNorwegian,
            "fødselsnummer ⟦15108695088⟧", "!15108695089"),
        new("DK_CPR", "a Danish CPR number", "999999-9999|9999999999", 0.15, "cpr|personnummer", digits => Date(digits, 0, 2) && Sum(digits, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1) % 11 == 0, "CPR ⟦211062-5629⟧", "!CPR 211362-5629"),
        new("FI_PERSONAL_IDENTITY_CODE", "a Finnish identity code", "999999-999X|999999A999X", 0.75, "hetu|henkilötunnus|personal identity|personbeteckning", IsFinnish,
            "HETU ⟦131052-308T⟧", "!131052-308U"),
        new("IS_KENNITALA", "an Icelandic kennitala", "999999-9999|9999999999", 0.3, "kennitala", digits => Date(digits, 0, 2) && digits[9] is '9' or '0' or '8' && Sum(digits, 3, 2, 7, 6, 5, 4, 3, 2, 1) % 11 == 0, "kennitala ⟦120174-3399⟧", "!kennitala 120174-3389"),
        new("EE_IK", "an Estonian or Lithuanian personal code", "99999999999", 0.45, "isikukood|asmens kodas|personal code|ik:", digits => digits[0] is >= '1' and <= '6' && Date(digits, 5, 3) && IsBaltic(digits),
            "isikukood ⟦36805280109⟧", "!isikukood 36805280108"),
        new("LV_PK", "a Latvian personal code", "999999-99999", 0.5, "personas kods|personal code", digits => Date(digits, 0, 2) && (1 + Sum(digits, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9)) % 11 % 10 == digits[10] - '0',
            "personas kods ⟦161175-19997⟧", "!161175-19998"),
    ];

    private static bool IsSwedish(string digits)
    {
        var day = Two(digits, 4) > 60 ? Two(digits, 4) - 60 : Two(digits, 4); // of coordination numbers the day is 60 more
        return Two(digits, 2) is >= 1 and <= 12 && day is >= 1 and <= 31 && Luhn(digits);
    }

    private static bool IsNorwegian(string digits)
    {
        var day = digits[0] > '3' ? (char)(digits[0] - 4) + digits[1..] : digits; // D numbers: the day is 40 more
        return Date(day, 0, 2) && Sum(digits, 3, 7, 6, 1, 8, 9, 4, 5, 2, 1) % 11 == 0 && Sum(digits, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1) % 11 == 0;
    }

    private static bool IsFinnish(string text)
    {
        var digits = string.Concat(text[..6], text[^4..^1]);
        return digits.All(char.IsAsciiDigit) && Date(digits, 0, 2) && "0123456789ABCDEFHJKLMNPRSTUVWXY"[int.Parse(digits, provider: null) % 31] == text[^1];
    }

    private static bool IsBaltic(string digits)
    {
        var first = Sum(digits, 1, 2, 3, 4, 5, 6, 7, 8, 9, 1) % 11;
        return (first < 10 ? first : Sum(digits, 3, 4, 5, 6, 7, 8, 9, 1, 2, 3) % 11 % 10) == digits[10] - '0';
    }
}
