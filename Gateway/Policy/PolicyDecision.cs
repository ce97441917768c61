using Contracts.Messages;

namespace Gateway.Policy;

/// <summary>What happens to a prompt, and the name of the rule that said so.</summary>
internal abstract record PolicyDecision
{
    private PolicyDecision(string rule) => Rule = rule;

    public string Rule { get; }

    public sealed record Forward(string Rule) : PolicyDecision(Rule);

    /// <summary>Replace what was found by pseudonyms, forward, and restore them in the answer.</summary>
    public sealed record Mask(string Rule) : PolicyDecision(Rule);

    public sealed record Park(string Rule, IReadOnlyList<ReviewStage> Stages, TimeSpan UndoWindow) : PolicyDecision(Rule);

    /// <param name="Explanation">What the caller may be told.</param>
    public sealed record Block(string Rule, string Explanation) : PolicyDecision(Rule);
}
