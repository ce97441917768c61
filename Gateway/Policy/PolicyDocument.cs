using Contracts;
using Contracts.Messages;

namespace Gateway.Policy;

/// <summary>A policy as people write it. Numbered and unchangeable once it is in force.</summary>
internal sealed record PolicyDocument
{
    public required string Name { get; init; }
    public required Thresholds Thresholds { get; init; }

    /// <summary>Lines of their own for some; of those about the whole score the first that fits counts.</summary>
    public IReadOnlyList<ThresholdsFor> For { get; init; } = [];
    public required ReviewPlan Review { get; init; }
    public Telling Tell { get; init; } = new();
    public MaskingPlan Masking { get; init; } = MaskingPlan.Pseudonyms;

    /// <summary>Read from the top: the first that fits decides alone, and those that only say the least that must happen add up.</summary>
    public IReadOnlyList<PolicyRule> Rules { get; init; } = [];
}

/// <summary>From which score on something happens; <see cref="Never"/> switches a line off.</summary>
internal sealed record Thresholds(int Mask, int Park, int Block)
{
    public const int Never = 101;

    public PolicyAction For(int score) =>
        score >= Block ? PolicyAction.Block : score >= Park ? PolicyAction.Park : score >= Mask ? PolicyAction.Mask : PolicyAction.Forward;
}

/// <param name="Category">Then the lines are for what this category's findings score by themselves.</param>
internal sealed record ThresholdsFor(Conditions Who, RiskCategory? Category, int? Mask, int? Park, int? Block)
{
    /// <summary>A line that is not given is the default's for the whole score, and none at all for a category's.</summary>
    public Thresholds Over(Thresholds standard) =>
        Category is null ? new(Mask ?? standard.Mask, Park ?? standard.Park, Block ?? standard.Block)
        : new(Mask ?? Thresholds.Never, Park ?? Thresholds.Never, Block ?? Thresholds.Never);
}

/// <summary>Who decides where a rule does not say otherwise, and how long a yes can be taken back.</summary>
/// <param name="UndoFrom">From this score on a release is held for <paramref name="UndoWindow"/>.</param>
internal sealed record ReviewPlan(IReadOnlyList<ReviewStage> Stages, int UndoFrom, TimeSpan UndoWindow);

/// <summary>What a caller may be told.</summary>
internal sealed record Telling
{
    /// <summary>Whether a rejected caller reads the reviewer's words.</summary>
    public bool Reason { get; init; } = true;
    public string Blocked { get; init; } = "This prompt is over the risk limit and was not sent to a model.";
}
