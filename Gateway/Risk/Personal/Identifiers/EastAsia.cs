using static Gateway.Risk.Personal.Identifiers.CheckDigits;
using static Gateway.Risk.Personal.Identifiers.IdentifierRule;

namespace Gateway.Risk.Personal.Identifiers;

/// <summary>China, Japan, Korea and the south-east of Asia.</summary>
internal static class EastAsia
{
    public static IReadOnlyList<IdentifierRule> All { get; } =
    [
        new("CN_RIC", "a Chinese resident number", "99999999999999999X", 0.9, "身份证|公民身份|resident id|id card", IsChinese, "身份证 ⟦360426199101010071⟧", "!360426199101010072"),
        new("JP_MY_NUMBER", "a Japanese individual number", "999999999999|9999-9999-9999|9999 9999 9999", 0.15, "マイナンバー|個人番号|my number", digits => (11 - (Sum(digits, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2) % 11)) is var check && (check > 9 ? 0 : check) == digits[11] - '0' && Varied(digits),
            "マイナンバー ⟦123456789018⟧", "!マイナンバー 123456789017"),
        new("TW_ID", "a Taiwanese identity number", "A999999999", 0.7, "身分證|national id|id card", IsTaiwanese, "身分證 ⟦A123456789⟧", "!A123456788"),
        new("HK_ID", "a Hong Kong identity number", "A999999X|AA999999X", 0.3, "hkid|身份證|identity card", IsHongKong, "HKID ⟦C1234569⟧", "!HKID C1234568"),
        new("KR_RRN", "a Korean resident number", "999999-9999999|9999999999999", 0.6, "rrn|주민등록|resident registration|주민번호", digits => Date(digits, 4, 2) && digits[6] is >= '1' and <= '4' && Region(digits), "RRN ⟦960121-1234567⟧", "!960303-0021413", "!001332-1234567"),
        new("KR_FRN", "a Korean foreigner's number", "999999-9999999|9999999999999", 0.6, "frn|외국인등록|foreigner registration|alien registration", digits => Date(digits, 4, 2) && digits[6] is >= '5' and <= '8' && Region(digits), "FRN ⟦911124-5678901⟧", "!051102-9234110"),
        new("KR_BRN", "a Korean business number", "999-99-99999|9999999999", 0.4, "brn|사업자등록|business registration", digits => (10 - ((Sum(digits, 1, 3, 7, 1, 3, 7, 1, 3, 5) + ((digits[8] - '0') * 5 / 10)) % 10)) % 10 == digits[9] - '0' && Varied(digits), "BRN ⟦104-86-56659⟧", "!123-45-67890"),
        new("KR_PASSPORT", "a Korean passport number", "A99999999|A999A9999", 0.2, "passport|여권", text => text[0] is 'M' or 'S' or 'R' or 'O' or 'D', "여권 ⟦M12345678⟧", "!B12345678"),
        new("KR_DRIVER_LICENSE", "a Korean driving licence", "99-99-999999-99|999999999999", 0.45, "driver|운전면허|면허", digits => Two(digits, 0) is >= 11 and <= 28, "운전면허 ⟦11-22-345678-90⟧", "!31-22-345678-90"),
        new("TH_TNIN", "a Thai national number", "9999999999999|9-9999-99999-99-9|9 9999 99999 99 9", 0.5, "thai|tnin|national id|บัตรประชาชน|ประจำตัว", IsThai, "Thai ID ⟦1234567890121⟧", "!1234567890123"),
        new("SG_NRIC_FIN", "a Singaporean identity number", "A9999999A", 0.7, "nric|fin |fin:|singapore", text => text[0] is 'S' or 'T' or 'F' or 'G' or 'M', "NRIC ⟦S2740116C⟧", "!B2740116C"),
        new("SG_UEN", "a Singaporean entity number", "99999999A|999999999A|A99AA9999A", 0.3, "uen|entity number|acra", text => text.Length < 10 || (char.IsAsciiDigit(text[0]) ? Two(text, 0) is 18 or 19 or 20 : text[0] is 'R' or 'S' or 'T'), "UEN ⟦197401143C⟧", "!217401143C"),
        new("MY_NRIC", "a Malaysian identity number", "999999-99-9999", 0.5, "mykad|nric|kad pengenalan|ic no", digits => Date(digits, 4, 2), "MyKad ⟦770305-02-1234⟧", "!771305-02-1234"),
        new("ID_NIK", "an Indonesian identity number", "9999999999999999", 0.15, "nik|ktp|kependudukan", digits => Two(digits, 0) is >= 11 and <= 96 && Two(digits, 6) % 40 is >= 1 and <= 31 && Two(digits, 8) is >= 1 and <= 12, "NIK ⟦3171011708450001⟧", "!NIK 3171011713450001"),
        new("PH_TIN", "a Philippine tax or insurance number", "999-999-999|999-999-999-999|99-9999999-9|9999-9999999-9", 0.1, "tin |tin:|sss|philhealth|umid", Anything, "SSS ⟦34-1234567-8⟧", "!34-123456-8"),
        new("VN_CCCD", "a Vietnamese citizen number", "999999999999", 0.05, "cccd|căn cước|cmnd", digits => digits[0] == '0', "CCCD ⟦001090012345⟧", "!CCCD 101090012345"),
    ];

    /// <summary>GB 11643: a date of birth and a check character modulo 11.</summary>
    private static bool IsChinese(string text) =>
        text[..17].All(char.IsAsciiDigit) && Two(text, 6) is 19 or 20 && Date(text, 12, 10) && "10X98765432"[Sum(text, 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2) % 11] == text[17];

    private static bool IsTaiwanese(string text)
    {
        var letter = "ABCDEFGHJKLMNPQRSTUVXYWZIO".IndexOf(text[0], StringComparison.Ordinal) + 10;
        return text[1] is '1' or '2' or '8' or '9' && ((letter / 10) + (letter % 10 * 9) + Sum(text[1..], 8, 7, 6, 5, 4, 3, 2, 1, 1)) % 10 == 0;
    }

    private static bool IsHongKong(string text)
    {
        var padded = text.Length == 8 ? " " + text : text;
        if (!char.IsAsciiDigit(text[^1]) && text[^1] != 'A') return false;
        var sum = 0;
        for (var i = 0; i < 8; i++) sum += (9 - i) * (padded[i] == ' ' ? 36 : ValueOf(padded[i]));
        return (sum + ValueOf(text[^1])) % 11 == 0;
    }

    private static bool IsThai(string digits)
    {
        if (digits[0] is '0' or '9' || !Varied(digits)) return false;
        return Two(digits, 1) is >= 10 and <= 96 && !UnusedThaiProvince(Two(digits, 1)) && (11 - (Sum(digits, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2) % 11)) % 10 == digits[12] - '0';
    }

    private static bool UnusedThaiProvince(int code) => code is 28 or 29 or 59 or 68 or 69 or (>= 77 and <= 79) or (>= 87 and <= 89) or (>= 97 and <= 99);

    /// <summary>Births before October 2020: a region 00 to 95 stands behind the century.</summary>
    private static bool Region(string digits) => Two(digits, 7) <= 95;
}
