using Contracts;
using Contracts.Messages;

namespace Gateway.Policy;

/// <summary>When this holds, then that happens.</summary>
/// <param name="Line">Where it stands in the text it was read from.</param>
internal sealed record PolicyRule(string Name, Conditions When, Consequence Then, int Line = 0);

/// <param name="AtLeast">Sets the least that must happen and reads on; otherwise the rule decides alone.</param>
/// <param name="Stages">Who must agree to what is parked; null for the policy's own stages.</param>
/// <param name="UndoWindow">How long a yes can be taken back; null for the policy's own.</param>
/// <param name="Masking">How to mask; null for the policy's own way.</param>
/// <param name="Tell">What the caller of a blocked prompt may be told; null for the policy's own words.</param>
internal sealed record Consequence(
    PolicyAction Action, bool AtLeast = false, IReadOnlyList<ReviewStage>? Stages = null, TimeSpan? UndoWindow = null, MaskingPlan? Masking = null, string? Tell = null);

/// <summary>All that are given must hold; of the entries of a list one is enough, but of <see cref="Findings"/> every one.</summary>
internal sealed record Conditions
{
    public Direction On { get; init; }
    public IReadOnlyList<Pattern> Callers { get; init; } = [];
    public IReadOnlyList<string> Groups { get; init; } = [];
    public IReadOnlyList<Pattern> Models { get; init; } = [];
    public IReadOnlyList<Pattern> Routes { get; init; } = [];

    /// <summary>Names of upstreams: where the prompt goes.</summary>
    public IReadOnlyList<Pattern> Upstreams { get; init; } = [];
    public IReadOnlyList<FindingCondition> Findings { get; init; } = [];

    /// <summary>The score is at least the first and below the second.</summary>
    public (int From, int Below)? Score { get; init; }
    public TimeWindow? Time { get; init; }
    public bool? Unreadable { get; init; }
    public IReadOnlyList<Pattern> Tools { get; init; } = [];

    /// <summary>Nobody is left out by who they are or when they come.</summary>
    public bool IsEverybody => Callers.Count == 0 && Groups.Count == 0 && Models.Count == 0 && Routes.Count == 0 && Upstreams.Count == 0 && Time is null;

    public bool Hold(Judged facts) =>
        MayHold(facts)
        && Findings.All(finding => finding.Holds(facts.Found))
        && (Score is not { } range || (facts.Score >= range.From && facts.Score < range.Below))
        && (Unreadable is null || Unreadable == facts.Unreadable > 0)
        && (Tools.Count == 0 || facts.ToolCalls.Any(tool => Pattern.Any(Tools, tool)));

    /// <summary>Whether they can hold for this caller, model and time, whatever turns out to be in the text.</summary>
    public bool MayHold(Judged facts) =>
        On == facts.On
        && (Callers.Count == 0 || Pattern.Any(Callers, facts.Caller))
        && (Groups.Count == 0 || Groups.Any(facts.Groups.Contains))
        && (Models.Count == 0 || Pattern.Any(Models, facts.Model))
        && (Routes.Count == 0 || Pattern.Any(Routes, facts.Route))
        && (Upstreams.Count == 0 || (facts.Upstream is { } upstream && Pattern.Any(Upstreams, upstream)))
        && (Time is null || Time.Contains(facts.At));
}

/// <summary>At least <paramref name="Count"/> findings of this category or type that are this sure.</summary>
internal sealed record FindingCondition(RiskCategory? Category, string? Type, int Count = 1, double Confidence = 0)
{
    public bool Holds(IReadOnlyList<FoundType> found)
    {
        var counted = 0;
        foreach (var type in found)
        {
            if ((Category is null || type.Category == Category) && (Type is null || type.Type == Type)) counted += type.Confidences.Count(sure => sure >= Confidence);
        }
        return counted >= Count;
    }
}
