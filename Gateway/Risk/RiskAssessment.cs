using Contracts;

namespace Gateway.Risk;

/// <summary>How risky a prompt is and why. Says where things stand, never what they say.</summary>
public sealed record RiskAssessment
{
    /// <summary>0 to 100. Around 30 something should be masked, from 60 a person should look, from 95 nobody need be asked.</summary>
    public required int Score { get; init; }

    /// <summary>What the findings of each category would score by themselves; without those of which there are none.</summary>
    public IReadOnlyDictionary<RiskCategory, int> Scores { get; init; } = new Dictionary<RiskCategory, int>();

    /// <summary>In the order of the parts, then by place. Secrets and personal data never overlap within a part.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>Biggest first; their points add up to <see cref="Score"/>.</summary>
    public required IReadOnlyList<RiskReason> Reasons { get; init; }

    /// <summary>Changes whenever the same prompt could score differently.</summary>
    public required string ScorerVersion { get; init; }
}

/// <summary>One detector's share of a score.</summary>
/// <param name="Explanation">One sentence for people; never quotes the text.</param>
/// <param name="Points">This detector's part of the score's 0 to 100.</param>
public sealed record RiskReason(RiskCategory Category, string Detector, string Explanation, double Points);
