using Contracts.Messages;

namespace Gateway.Policy;

/// <summary>The least that must happen, from harmless to final.</summary>
internal enum PolicyAction
{
    Forward,
    Mask,
    Park,
    Block,
}

/// <summary>What happens to a prompt or an answer, and the name of the rule that said so.</summary>
internal abstract record PolicyDecision
{
    private PolicyDecision(string rule) => Rule = rule;

    public string Rule { get; }

    public PolicyAction Action => this switch
    {
        Forward => PolicyAction.Forward,
        Mask => PolicyAction.Mask,
        Park => PolicyAction.Park,
        Block => PolicyAction.Block,
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>The decision in one word, for metrics, the trail and people.</summary>
    public string Word => Action.ToString().ToLowerInvariant();

    public sealed record Forward(string Rule) : PolicyDecision(Rule);

    /// <summary>Replace what was found, forward, and restore in the answer what can be restored.</summary>
    public sealed record Mask(string Rule, MaskingPlan Plan) : PolicyDecision(Rule);

    public sealed record Park(string Rule, IReadOnlyList<ReviewStage> Stages, TimeSpan UndoWindow) : PolicyDecision(Rule);

    /// <param name="Explanation">What the caller may be told.</param>
    public sealed record Block(string Rule, string Explanation) : PolicyDecision(Rule);
}
