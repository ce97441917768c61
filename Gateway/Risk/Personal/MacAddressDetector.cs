using System.Text.RegularExpressions;
using Contracts;

namespace Gateway.Risk.Personal;

/// <summary>Hardware addresses in six pairs or three quadruples.</summary>
internal sealed partial class MacAddressDetector : IRiskDetector
{
    private const int Longest = 17;

    private static readonly DetectorProfile Profile = new("personal.mac-address", RiskCategory.Personal, "MAC_ADDRESS",
        ["at ⟦00:1A:2b:3C:4d:5E⟧.", "⟦AA-BB-CC-DD-EE-FF⟧", "MAC ⟦0012.3456.789a⟧"],
        ["00:00:00:00:00:00", "FF:FF:FF:FF:FF:FF", "00:1A:2B:3C:4D", "10:2F:33-AC-29-C3", "00:1A:2B:3C:4D:5E:6F", "12:30:45"]);

    public IReadOnlyList<DetectorProfile> Profiles { get; } = [Profile];

    public void Detect(InspectedText text, List<Finding> found)
    {
        for (var at = 0; text.Text.AsSpan(at).IndexOfAny(':', '-', '.') is >= 0 and var next;)
        {
            var separator = at + next;
            at = separator + 1;
            var start = separator - (text.Text[separator] == '.' ? 4 : 2);
            if (start < 0 || !char.IsAsciiHexDigit(text.Text[start]) || Length(text.Text.AsSpan(start)) is not (> 0 and var length)) continue;
            at = start + length;
            if (Belongs(text.Text, start - 1) || Belongs(text.Text, at) || IsReserved(text.Text.AsSpan(start, length))) continue;
            found.Add(text.Finding(Profile, start, at, 0.95, "Is a hardware address."));
        }
    }

    private static int Length(ReadOnlySpan<char> text)
    {
        foreach (var match in Shape().EnumerateMatches(text[..Math.Min(text.Length, Longest)])) return match.Length;
        return 0;
    }

    private static bool Belongs(string text, int at) =>
        at >= 0 && at < text.Length && (char.IsLetterOrDigit(text[at]) || text[at] is ':' or '-' && at > 0 && at + 1 < text.Length && char.IsAsciiHexDigit(text[at + 1]) && char.IsAsciiHexDigit(text[at - 1]));

    /// <summary>All zeros and all ones are nobody's.</summary>
    private static bool IsReserved(ReadOnlySpan<char> address) =>
        address.IndexOfAnyExcept("0:-.") < 0 || address.IndexOfAnyExcept("fF:-.") < 0;

    [GeneratedRegex(@"\A(?:[0-9A-Fa-f]{2}(?::[0-9A-Fa-f]{2}){5}|[0-9A-Fa-f]{2}(?:-[0-9A-Fa-f]{2}){5}|[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4})")]
    private static partial Regex Shape();
}
