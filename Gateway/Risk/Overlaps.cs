using Contracts;

namespace Gateway.Risk;

/// <summary>Two detectors may claim the same characters; whoever masks needs one answer.</summary>
internal static class Overlaps
{
    private const double Clearly = 0.15;

    /// <summary>
    /// Findings in order without overlap. The surer of two (then the longer) wins and takes over the other's characters, so
    /// that nothing found is left uncovered.
    /// </summary>
    public static List<Finding> Resolve(List<Finding> findings)
    {
        findings.Sort(static (a, b) => a.Start != b.Start ? a.Start.CompareTo(b.Start) : (b.End, a.Detector).CompareTo((a.End, b.Detector)));
        List<Finding> apart = [];
        foreach (var finding in findings)
        {
            if (apart.Count > 0 && apart[^1].End > finding.Start) apart[^1] = Join(apart[^1], finding);
            else apart.Add(finding);
        }
        return apart;
    }

    /// <summary>What each detector claims, overlapping where two are about equally sure; the clearly less sure are left out.</summary>
    public static List<Finding> Claims(List<Finding> findings) =>
        findings.FindAll(finding => !findings.Exists(other => other.Start < finding.End && finding.Start < other.End && other.Confidence > finding.Confidence + Clearly));

    private static Finding Join(Finding first, Finding second)
    {
        var winner = Rank(second).CompareTo(Rank(first)) > 0 ? second : first;
        return winner with { Start = Math.Min(first.Start, second.Start), End = Math.Max(first.End, second.End) };
    }

    private static (double, int) Rank(Finding finding) => (finding.Confidence, finding.End - finding.Start);
}
