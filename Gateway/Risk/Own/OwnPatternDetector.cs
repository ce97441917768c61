using System.Text.RegularExpressions;
using Contracts;

namespace Gateway.Risk.Own;

/// <summary>One pattern of this installation.</summary>
internal sealed class OwnPatternDetector(OwnPatternOptions options) : IRiskDetector
{
    private readonly DetectorProfile profile = options.Profile;
    private readonly Regex pattern = Build(options.Pattern);
    private readonly bool insideWords = options.Category is RiskCategory.Secret or RiskCategory.Personal;

    public IReadOnlyList<DetectorProfile> Profiles => [profile];

    /// <exception cref="ArgumentException">It is no regular expression.</exception>
    /// <exception cref="NotSupportedException">It needs backtracking.</exception>
    public static Regex Build(string pattern) => new(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    public void Detect(InspectedText text, List<Finding> found)
    {
        if (!insideWords)
        {
            Add(text, 0, text.Text.Length, found);
            return;
        }
        for (var at = 0; at < text.Text.Length;)
        {
            while (at < text.Text.Length && char.IsWhiteSpace(text.Text[at])) at++;
            var end = at;
            while (end < text.Text.Length && !char.IsWhiteSpace(text.Text[end])) end++;
            if (end > at) Add(text, at, end, found);
            at = end;
        }
    }

    private void Add(InspectedText text, int start, int end, List<Finding> found)
    {
        foreach (var match in pattern.EnumerateMatches(text.Text.AsSpan(start, end - start)))
        {
            if (match.Length > 0) found.Add(text.Finding(profile, start + match.Index, start + match.Index + match.Length, options.Confidence, options.Reason));
        }
    }
}
