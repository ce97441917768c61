using PhoneNumbers;

namespace Gateway.Risk.Personal;

/// <summary>Which numbers exist, by the numbering plans of the world (libphonenumber's). Never parses, so that nothing is thrown on hostile text.</summary>
internal static class NumberingPlans
{
    /// <summary>Where a number is written with a 0 before it, and where without; the first that knows it settles the matter.</summary>
    private static readonly string[] WithTrunkZero = ["DE", "GB", "FR", "TR", "NL", "AU", "CH", "BE", "AT", "SE", "IT", "ZA", "IE", "IN"], Without = ["TR", "ES", "PT", "PL", "GR", "IN"];

    private static readonly PhoneNumberUtil Plans = PhoneNumberUtil.GetInstance();

    /// <param name="digits">Country code first.</param>
    public static bool HasInternational(string digits)
    {
        for (var length = 1; length <= 3; length++)
        {
            var code = int.Parse(digits.AsSpan(0, length), provider: null);
            if (Plans.GetRegionCodeForCountryCode(code) == "ZZ") continue;
            return Has(code, digits[length..]);
        }
        return false;
    }

    /// <summary>Some country's own way of writing: with a leading 0, or without where people leave it out.</summary>
    public static bool HasNational(string digits) =>
        digits[0] == '0' ? Array.Exists(WithTrunkZero, region => Has(Plans.GetCountryCodeForRegion(region), region == "IT" ? digits : digits[1..]))
        : Array.Exists(Without, region => Has(Plans.GetCountryCodeForRegion(region), digits));

    /// <summary>Ten digits in one piece, as Americans and Turks write them.</summary>
    public static bool HasUndivided(string digits) => Has(1, digits) || Has(90, digits);

    private static bool Has(int country, string national) =>
        national.Length is >= 5 and <= 13 && Plans.IsValidNumber(new PhoneNumber.Builder().SetCountryCode(country).SetNationalNumber(ulong.Parse(national, provider: null)).SetNumberOfLeadingZeros(national[0] == '0' ? 1 : 0).Build());
}
