using System.Collections.Frozen;
using Contracts;

namespace Gateway.Risk.Personal;

/// <summary>International bank account numbers: the country's length and the remainder modulo 97.</summary>
internal sealed class IbanDetector : IRiskDetector
{
    /// <summary>Lengths of the IBAN registry (ISO 13616).</summary>
    private static readonly FrozenDictionary<string, int> Lengths = (
        "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 " +
        "GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 " +
        "PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30")
        .Split(' ').ToFrozenDictionary(entry => entry[..2], entry => int.Parse(entry.AsSpan(2), provider: null), StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> ByCountry = Lengths.GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly DetectorProfile Profile = new("personal.iban", RiskCategory.Personal, "IBAN_CODE",
        ["to ⟦GB82 WEST 1234 5698 7654 32⟧ AND so on", "IBAN:⟦DE89370400440532013000⟧,", "⟦nl91abna0417164300⟧", "⟦NO93 8601 1117 947⟧"],
        ["GB82 WEST 1234 5698 7654 33", "DE8937040044053201300", "XX82 WEST 1234 5698 7654 32", "part no AB12 3456 7890", "ADE89370400440532013000"]);

    public IReadOnlyList<DetectorProfile> Profiles { get; } = [Profile];

    public void Detect(InspectedText text, List<Finding> found)
    {
        var all = text.Text;
        for (var at = 0; at + 15 <= all.Length; at++)
        {
            if (!char.IsAsciiDigit(all[at + 3]))
            {
                at++; // nor does one begin at the next
                continue;
            }
            if (!char.IsAsciiDigit(all[at + 2]) || !char.IsAsciiLetter(all[at]) || !char.IsAsciiLetter(all[at + 1])) continue;
            if (at > 0 && char.IsLetterOrDigit(all[at - 1])) continue;
            if (!ByCountry.TryGetValue(all.AsSpan(at, 2), out var length) || EndOf(all, at, length) is not (> 0 and var end)) continue;
            if (Remainder(all.AsSpan(at, end - at)) != 1) continue;

            found.Add(text.Finding(Profile, at, end, 0.98, "Is a bank account number: the country's length and the check digits agree."));
            at = end - 1;
        }
    }

    /// <summary>After <paramref name="length"/> letters and digits, written in one piece or in groups of four; -1 when they are not there.</summary>
    private static int EndOf(string text, int start, int length)
    {
        var at = start;
        for (var taken = 0; taken < length; taken++)
        {
            if (taken > 0 && taken % 4 == 0 && at < text.Length && text[at] is ' ' or '-' or '\u00A0') at++;
            if (at >= text.Length || !char.IsAsciiLetterOrDigit(text[at])) return -1;
            at++;
        }
        return at < text.Length && char.IsLetterOrDigit(text[at]) ? -1 : at;
    }

    private static int Remainder(ReadOnlySpan<char> iban)
    {
        var remainder = 0;
        var position = 0;
        Span<char> characters = stackalloc char[34];
        foreach (var c in iban)
        {
            if (char.IsAsciiLetterOrDigit(c)) characters[position++] = c;
        }
        for (var i = 0; i < position; i++)
        {
            var c = characters[(i + 4) % position];
            var value = char.IsAsciiDigit(c) ? c - '0' : char.ToUpperInvariant(c) - 'A' + 10;
            remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
        }
        return remainder;
    }
}
