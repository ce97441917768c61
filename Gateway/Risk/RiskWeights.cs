using System.Collections.Frozen;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Contracts;
using Gateway.Risk.Attacks.Model;

namespace Gateway.Risk;

/// <summary>
/// The one place where a finding becomes points. A sure finding of a type alone scores 100 × its weight, so the weights say
/// what the bands mean: personal data is masked (30 and up), secrets and attacks are looked at by people (70 and up).
/// </summary>
internal static class RiskWeights
{
    /// <summary>Changes with every weight, rule or formula that can change a score.</summary>
    public static string Version { get; } = $"rules-4 {AttackModel.Shipped.Version}";

    /// <summary>Each further finding of the same category counts half: ten addresses are worse than one, not ten times worse.</summary>
    private const double Repetition = 0.5;

    /// <summary>From the so-manieth on, halving has left less than a number can tell from nothing.</summary>
    private const int Countable = 64;

    private static readonly int Categories = Enum.GetValues<RiskCategory>().Length;

    private static double Of(Finding finding) => finding.Category switch
    {
        RiskCategory.Secret => finding.Type == "PRIVATE_KEY" ? 0.9 : 0.8,
        RiskCategory.Attack => 0.85,
        RiskCategory.Code => 0.22,
        RiskCategory.Confidential => 0.65,
        RiskCategory.Unusual => UnusualTypes.GetValueOrDefault(finding.Type, 0.02),
        RiskCategory.Fault => 0.75,
        RiskCategory.Personal => PersonalTypes.GetValueOrDefault(finding.Type, Identifier),
        _ => throw new UnreachableException(),
    };

    /// <summary>How a call is unlike its caller's others: tips the balance of what was found in the text, and never reaches a line by itself.</summary>
    private static readonly FrozenDictionary<string, double> UnusualTypes = new Dictionary<string, double>
    {
        ["FIRST_CALL"] = 0.02, ["NEW_MODEL"] = 0.04, ["LONGER_THAN_USUAL"] = 0.1, ["FASTER_THAN_USUAL"] = 0.15,
    }.ToFrozenDictionary();

    /// <summary>A number that stands for one person: of a state, a bank, a clinic.</summary>
    private const double Identifier = 0.55;

    /// <summary>
    /// What is weaker than an identifier. Names, places and dates, and what stands for a street, a car or a company, are ordinary
    /// in prompts: alone they never reach the mask line.
    /// </summary>
    private static readonly FrozenDictionary<string, double> PersonalTypes = new Dictionary<string, double>
    {
        ["PHONE_NUMBER"] = 0.4, ["EMAIL_ADDRESS"] = 0.36, ["IP_ADDRESS"] = 0.36, ["MAC_ADDRESS"] = 0.36, ["CRYPTO"] = 0.36, ["DATE_OF_BIRTH"] = 0.36, ["STREET_ADDRESS"] = 0.36,
        ["PERSON"] = 0.1, ["ORGANIZATION"] = 0.04, ["LOCATION"] = 0.04, ["DATE_TIME"] = 0.02, ["URL"] = 0.02,
        ["DE_PLZ"] = 0.04, ["UK_POSTCODE"] = 0.1,
        ["DE_KFZ"] = 0.25, ["UK_VEHICLE_REGISTRATION"] = 0.25, ["IN_VEHICLE_REGISTRATION"] = 0.25, ["TR_LICENSE_PLATE"] = 0.25, ["NG_VEHICLE_REGISTRATION"] = 0.25,
        ["DE_VAT_ID"] = 0.1, ["DE_HANDELSREGISTER"] = 0.1, ["IT_VAT_CODE"] = 0.1, ["AU_ABN"] = 0.1, ["AU_ACN"] = 0.1, ["BR_CNPJ"] = 0.1, ["IN_GSTIN"] = 0.1,
        ["KR_BRN"] = 0.1, ["PL_NIP"] = 0.1, ["SE_ORGANISATIONSNUMMER"] = 0.1, ["SG_UEN"] = 0.1,
    }.ToFrozenDictionary();

    /// <summary>
    /// Noisy-or: every finding independently fails to matter with 1 − weight × confidence × repetition. Within a category
    /// the k-th strongest is halved k times, so that one more finding never lowers the score. Reasons share the points in
    /// proportion to the logarithms, which is what makes them add up.
    /// </summary>
    public static (int Score, IReadOnlyDictionary<RiskCategory, int> Scores, IReadOnlyList<RiskReason> Reasons) Weigh(IReadOnlyList<Finding> findings)
    {
        var evidence = Evidence(findings);
        var whole = Sum(evidence);
        var score = Score(whole);
        return (score, ByCategory(evidence), whole == 0 ? [] : Reasons(evidence, score, whole));
    }

    /// <summary>The unrounded score of these findings, for comparing texts that are all harmless or all not.</summary>
    public static double Exact(IEnumerable<Finding> findings) => 100 * (1 - Math.Exp(-Sum(Evidence([.. findings]))));

    private static Dictionary<RiskCategory, int> ByCategory(List<(Finding Finding, double Evidence)> evidence)
    {
        Dictionary<RiskCategory, int> scores = [];
        for (var at = 0; at < evidence.Count;)
        {
            var (category, sum) = (evidence[at].Finding.Category, 0.0);
            for (; at < evidence.Count && evidence[at].Finding.Category == category; at++) sum += evidence[at].Evidence;
            scores.Add(category, Score(sum));
        }
        return scores;
    }

    private static List<RiskReason> Reasons(List<(Finding Finding, double Evidence)> evidence, int score, double whole)
    {
        if (evidence is [var (finding, all)]) return [Explain(finding, 1, score * all / whole)];
        Dictionary<string, (Finding Surest, int Times, double Evidence)> detectors = [];
        foreach (var (each, strength) in evidence)
        {
            ref var detector = ref CollectionsMarshal.GetValueRefOrAddDefault(detectors, each.Detector, out var known);
            detector = (known && detector.Surest.Confidence >= each.Confidence ? detector.Surest : each, detector.Times + 1, detector.Evidence + strength);
        }
        List<RiskReason> reasons = new(detectors.Count);
        foreach (var (surest, times, strength) in detectors.Values) reasons.Add(Explain(surest, times, score * strength / whole));
        reasons.Sort(static (a, b) => (b.Points.CompareTo(a.Points), string.CompareOrdinal(a.Detector, b.Detector)) is var (points, name) && points != 0 ? points : name);
        return reasons;
    }

    private static int Score(double evidence) => (int)Math.Round(100 * (1 - Math.Exp(-evidence)), MidpointRounding.AwayFromZero);

    private static double Sum(List<(Finding Finding, double Evidence)> evidence)
    {
        var sum = 0.0;
        foreach (var (_, each) in evidence) sum += each;
        return sum;
    }

    /// <summary>By category, in the order in which they come, and in each the strongest first.</summary>
    private static List<(Finding Finding, double Evidence)> Evidence(IReadOnlyList<Finding> findings)
    {
        var ordered = new (int First, double Weakness, int Number)[findings.Count];
        Span<int> firsts = stackalloc int[Categories];
        firsts.Fill(-1);
        for (var i = 0; i < ordered.Length; i++)
        {
            var finding = findings[i];
            ref var first = ref firsts[(int)finding.Category];
            if (first < 0) first = i;
            ordered[i] = (first, -Of(finding) * finding.Confidence, i);
        }
        Array.Sort(ordered);
        List<(Finding, double)> evidence = new(ordered.Length);
        var (category, rank) = (-1, 0);
        foreach (var (first, weakness, number) in ordered)
        {
            (category, rank) = (first, first == category ? rank + 1 : 0);
            evidence.Add((findings[number], rank < Countable ? Evidence(-weakness, rank) : 0));
        }
        return evidence;
    }

    private static double Evidence(double strength, int rank) => -Math.Log(1 - strength * Math.Pow(Repetition, rank));

    private static RiskReason Explain(Finding surest, int times, double points) => new(surest.Category, surest.Detector,
        $"{surest.Reason} {(times == 1 ? "Found once" : $"Found {times} times")}, {100 * surest.Confidence:0} % sure; alone worth {100 * Of(surest) * surest.Confidence:0} of 100.", points);
}
