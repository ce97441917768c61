using static Gateway.Risk.Personal.Identifiers.CheckDigits;
using static Gateway.Risk.Personal.Identifiers.IdentifierRule;

namespace Gateway.Risk.Personal.Identifiers;

internal static class SouthAsia
{
    private const string Base36 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    public static IReadOnlyList<IdentifierRule> All { get; } =
    [
        new("IN_AADHAAR", "an Aadhaar number", "999999999999|9999 9999 9999|9999-9999-9999|9999:9999:9999", 0.5, "aadhaar|aadhar|uidai|आधार", digits => digits[0] >= '2' && Verhoeff(digits), "Aadhaar ⟦3998 7654 3211⟧", "!1234 5678 9012"),
        new("IN_PAN", "an Indian tax number (PAN)", "AAAAA9999A|A9999AAAAA", 0.6, "pan |pan:|permanent account|income tax", text => char.IsAsciiDigit(text[1]) || "ABCFGHJLPT".Contains(text[3]) || "CPHFATBLJG".Contains(text[4]) || text[4] == 'D', "PAN ⟦ABBPM4567S⟧", "!ABCD1234"),
        new("IN_VOTER", "an Indian voter number", "AAA9999999", 0.3, "voter|epic|election", Anything, "voter ⟦DBJ2289013⟧", "!A8923571WZ"),
        new("IN_PASSPORT", "an Indian passport number", "A9999999", 0.12, "passport", text => !"QXZ".Contains(text[0]) && text[1] != '0', "passport number ⟦J6932157⟧", "!passport B0097650"),
        new("IN_GSTIN", "an Indian GST number", "99AAAAA9999AXAX", 0.8, "gstin|gst", IsGstin, "GSTIN ⟦27AAPFU0939F1ZV⟧", "!27AAPFU0939F1ZW"),
        new("IN_VEHICLE_REGISTRATION", "an Indian number plate", "AA99AA9999|AA99A9999|AA 99 AA 9999|AA-99-AA-9999|AA9AA9999|AA9A9999|AA 99 A 9999", 0.45, "vehicle|registration|number plate|car ", text => "AN AP AR AS BR CG CH DD DL DN GA GJ HP HR JH JK KA KL LA LD MH ML MN MP MZ NL OD OR PB PY RJ SK TN TR TS UK UP WB".Contains(text[..2], StringComparison.Ordinal), "vehicle ⟦KA53ME3456⟧", "⟦KA 53 ME 3456⟧", "!XX53ME3456"),
        new("PK_CNIC", "a Pakistani identity number", "99999-9999999-9|9999999999999", 0.4, "cnic|nadra|identity card", digits => digits[0] is >= '1' and <= '7' && digits[12] != '0', "CNIC ⟦42201-0397640-8⟧", "!92201-0397640-8"),
        new("LK_NIC", "a Sri Lankan identity number", "999999999A|999999999999", 0.1, "nic |nic:", text => text.Length == 12 || text[9] is 'V' or 'X', "NIC ⟦853400937V⟧", "!853400937A"),
    ];

    private static bool IsGstin(string text)
    {
        var sum = 0;
        for (var i = 0; i < 14; i++)
        {
            var product = Base36.IndexOf(text[i], StringComparison.Ordinal) * (i % 2 == 0 ? 1 : 2);
            sum += (product / 36) + (product % 36);
        }
        return Base36[(36 - (sum % 36)) % 36] == text[14];
    }
}
