using Contracts;

namespace Gateway.Risk.Personal;

/// <summary>US social security numbers by the rules of area, group and serial.</summary>
internal sealed class SsnDetector : IRiskDetector
{
    private static readonly Context Named = new("ssn", "social security", "social sec", "social num", "socialnum", "soc sec", "ss#", "ss number", "taxpayer", "tax id");

    private static readonly DetectorProfile Profile = new("personal.us-ssn", RiskCategory.Personal, "US_SSN",
        ["SSN ⟦536-22-8145⟧.", "it is ⟦536-22-8145⟧", "social security number: ⟦536228145⟧", "ssn=⟦536 22 8145⟧"],
        ["000-22-8145", "666-22-8145", "536-00-8145", "536-22-0000", "order 536228145", "1-536-22-8145", "123-45-6789", "536-22-81456", "1536-22-8145"]);

    public IReadOnlyList<DetectorProfile> Profiles { get; } = [Profile];

    public void Detect(InspectedText text, List<Finding> found)
    {
        foreach (var run in text.Numbers)
        {
            if (run.Digits != 9 || text.Text[run.Start] is '+' or '(' || IsInsideWord(text.Text, run)) continue;
            if (Confidence(text, run) is not (> 0 and var confidence)) continue;
            found.Add(text.Finding(Profile, run.Start, run.End, confidence, "Is a US social security number by its grouping and ranges."));
        }
    }

    /// <summary>Numbers from 900 on are made up, or not of this kind.</summary>
    private const double Guess = 0.2;

    private static double Confidence(InspectedText text, NumberRun run)
    {
        var named = Named.StandsBefore(text, run.Start);
        var assigned = IsAssigned(NumberRun.DigitsOf(text.Text, run.Start, run.End));
        if (run.Groups.Count == 1) return named && assigned ? 0.85 : 0;
        if (run.Groups.Count != 3 || Length(run.Groups[0]) != 3 || Length(run.Groups[1]) != 2) return 0;
        if (named) return assigned ? 0.97 : 0.7;
        if (!assigned) return text.Text[run.Start] == '9' ? Guess : 0;
        return text.Text[run.Groups[0].End] == '-' && text.Text[run.Groups[1].End] == '-' ? 0.88 : 0.65;
    }

    private static int Length((int Start, int End) group) => group.End - group.Start;

    /// <summary>Never issued: area 000, 666 and 9xx, group 00, serial 0000, and the numbers of advertisements.</summary>
    private static bool IsAssigned(string digits) =>
        digits[..3] is not ("000" or "666") && digits[0] != '9' && digits[3..5] != "00" && digits[5..] != "0000"
        && digits is not ("123456789" or "078051120" or "111111111" or "219099999") && digits.Distinct().Count() > 1;

    private static bool IsInsideWord(string text, NumberRun run) =>
        (run.Start > 0 && (char.IsLetterOrDigit(text[run.Start - 1]) || text[run.Start - 1] is '-' or '_' or '.' or '/' or '$' or '#'))
        || (run.End < text.Length && (char.IsLetter(text[run.End]) || text[run.End] is '_'));
}
