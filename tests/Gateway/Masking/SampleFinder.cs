using System.Text.RegularExpressions;
using Contracts;

namespace Gateway.Tests.Masking;

/// <summary>A handful of detectors that keep the promise of <c>FindSensitive</c>; these tests need no real scorer.</summary>
internal static partial class SampleFinder
{
    public static IReadOnlyList<Finding> Find(string text)
    {
        var found = new List<Finding>();
        Add(found, text, "PRIVATE_KEY", PrivateKey(), _ => true);
        Add(found, text, "EMAIL_ADDRESS", Email(), _ => true);
        Add(found, text, "CREDIT_CARD", Card(), PassesLuhn);
        Add(found, text, "IBAN_CODE", Iban(), PassesMod97);
        Add(found, text, "PHONE_NUMBER", Phone(), _ => true);
        Add(found, text, "US_SSN", Ssn(), _ => true);
        Add(found, text, "SECRET", Token(), _ => true);
        Add(found, text, "SECRET", Password(), _ => true);

        var ordered = new List<Finding>();
        foreach (var finding in found.OrderBy(f => f.Start).ThenByDescending(f => f.End))
        {
            if (ordered.Count == 0 || finding.Start >= ordered[^1].End) ordered.Add(finding);
        }
        return ordered;
    }

    public static Finding Finding(int start, int end, string type) => new()
    {
        Detector = "test", Category = RiskCategory.Personal, Type = type, Path = "", Start = start, End = end, Confidence = 1, Reason = "Test.",
    };

    private static void Add(List<Finding> found, string text, string type, Regex shape, Func<string, bool> valid)
    {
        // A candidate that fails its check digits may overlap a good one: go on one character later, not behind it.
        for (var match = shape.Match(text); match.Success;)
        {
            var value = match.Groups["value"] is { Success: true } group ? group : match;
            var good = valid(value.Value);
            if (good) found.Add(Finding(value.Index, value.Index + value.Length, type));
            match = shape.Match(text, good ? value.Index + value.Length : match.Index + 1);
        }
    }

    private static bool PassesLuhn(string card)
    {
        var (sum, twice) = (0, false);
        foreach (var digit in card.Where(char.IsAsciiDigit).Reverse().Select(c => c - '0'))
        {
            sum += twice ? digit * 2 - (digit > 4 ? 9 : 0) : digit;
            twice = !twice;
        }
        return sum % 10 == 0;
    }

    private static bool PassesMod97(string iban)
    {
        var plain = iban.Replace(" ", "", StringComparison.Ordinal);
        var rest = 0;
        foreach (var c in plain[4..] + plain[..4])
        {
            rest = char.IsAsciiDigit(c) ? (rest * 10 + c - '0') % 97 : (rest * 100 + c - 'A' + 10) % 97;
        }
        return rest == 1;
    }

    private const int Patience = 10_000;

    [GeneratedRegex("-----BEGIN [A-Z ]{0,20}PRIVATE KEY-----[^-]{16,16000}-----END [A-Z ]{0,20}PRIVATE KEY-----", RegexOptions.None, Patience)]
    private static partial Regex PrivateKey();

    [GeneratedRegex(@"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}", RegexOptions.None, Patience)]
    private static partial Regex Email();

    [GeneratedRegex(@"(?<![0-9])[0-9]{4}[ -]?[0-9]{4}[ -]?[0-9]{4}[ -]?[0-9]{4}(?![0-9])", RegexOptions.None, Patience)]
    private static partial Regex Card();

    [GeneratedRegex(@"(?<![A-Z0-9])[A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?![A-Za-z0-9])", RegexOptions.None, Patience)]
    private static partial Regex Iban();

    [GeneratedRegex(@"\+[0-9]{1,3}(?:[ ./-]?\(?[0-9]{1,5}\)?){2,6}", RegexOptions.None, Patience)]
    private static partial Regex Phone();

    [GeneratedRegex(@"(?<![0-9])[0-9]{3}[ -][0-9]{2}[ -][0-9]{4}(?![0-9])", RegexOptions.None, Patience)]
    private static partial Regex Ssn();

    [GeneratedRegex(@"\b(?:sk-[A-Za-z0-9]{20,2000}|ghp_[A-Za-z0-9]{36}|AKIA[A-Z0-9]{16})(?![A-Za-z0-9])", RegexOptions.None, Patience)]
    private static partial Regex Token();

    [GeneratedRegex(@"\bpassword(?: is|:|=) ?(?<value>[^\s,""]{6,64})", RegexOptions.None, Patience)]
    private static partial Regex Password();
}
