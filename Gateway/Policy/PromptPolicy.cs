using System.Diagnostics;
using Contracts;

namespace Gateway.Policy;

/// <summary>Draws the line, as one version of the policy says. Pure: the same facts always give the same decision.</summary>
/// <param name="version">Names the text in force: its number, as the trail has it.</param>
internal sealed class PromptPolicy(PolicyDocument document, string version)
{
    private const double LeastConfidence = 0.5;
    private readonly ILookup<Direction, PolicyRule> rules = document.Rules.ToLookup(rule => rule.When.On);
    private readonly ThresholdsFor[] bySender = [.. document.For.Where(line => line.Category is null)];
    private readonly ThresholdsFor[] byCategory = [.. document.For.Where(line => line.Category is not null)];

    public string Version => version;

    public PolicyDocument Document => document;

    public bool TellReason => document.Tell.Reason;

    /// <summary>Whether this finding is hidden where text is masked: a value that is probably sensitive, not a phrase or code.</summary>
    public static bool Hides(Finding finding) => finding.Category is RiskCategory.Secret or RiskCategory.Personal && finding.Confidence >= LeastConfidence;

    /// <summary>Whether some rule may stop what a model answers here: then the answer is looked at whole before any of it leaves.</summary>
    public bool HoldsAnswers(Judged request) => rules[Direction.Response].Any(rule => rule.When.MayHold(request with { On = Direction.Response }));

    public PolicyDecision Decide(Judged facts)
    {
        if (facts.NotAllowed is var (refusal, reason)) return new PolicyDecision.Block(refusal, reason);

        var (alone, least) = ByRules(facts);
        if (alone is not null) return Carry(least?.Action > alone.Action ? least : alone, facts);
        var usual = facts.On == Direction.Request ? ByScore(facts) : new Opinion(PolicyAction.Mask, "answer.mask");
        // On a tie the rule: it may ask for people of its own, whom a lower threshold must not wave away.
        return Carry(least?.Action >= usual.Action ? least : usual, facts);
    }

    /// <summary>The rule that decides alone, and the strictest of those that say the least that must happen; of equal ones the last.</summary>
    private (Opinion? Alone, Opinion? Least) ByRules(Judged facts)
    {
        Opinion? least = null;
        foreach (var rule in rules[facts.On])
        {
            if (!rule.When.Hold(facts)) continue;
            var opinion = new Opinion(rule.Then.Action, rule.Name, rule.Then);
            if (!rule.Then.AtLeast) return (opinion, least);
            if (least is null || opinion.Action >= least.Action) least = opinion;
        }
        return (null, least);
    }

    private Opinion ByScore(Judged facts)
    {
        var lines = Array.Find(bySender, line => line.Who.MayHold(facts))?.Over(document.Thresholds) ?? document.Thresholds;
        var strictest = Opinion.Of(lines.For(facts.Score), "score");
        foreach (var category in byCategory)
        {
            if (!facts.Scores.TryGetValue(category.Category!.Value, out var score) || !category.Who.MayHold(facts)) continue; // only those with a category are in here
            var opinion = Opinion.Of(category.Over(document.Thresholds).For(score), $"score.{category.Category.Value.ToString().ToLowerInvariant()}");
            if (opinion.Action > strictest.Action) strictest = opinion;
        }
        return strictest;
    }

    private PolicyDecision Carry(Opinion opinion, Judged facts) => opinion.Action switch
    {
        PolicyAction.Forward => new PolicyDecision.Forward(opinion.Rule),
        PolicyAction.Mask when facts.RidesPastMasking => new PolicyDecision.Forward("masking.waived"),
        PolicyAction.Mask when facts.Unmaskable => Park(new Opinion(PolicyAction.Park, "unmaskable"), facts),
        PolicyAction.Mask => new PolicyDecision.Mask(opinion.Rule, opinion.Then?.Masking ?? document.Masking),
        PolicyAction.Park => Park(opinion, facts),
        PolicyAction.Block => new PolicyDecision.Block(opinion.Rule, opinion.Then?.Tell ?? document.Tell.Blocked),
        _ => throw new UnreachableException(),
    };

    private PolicyDecision.Park Park(Opinion opinion, Judged facts) => new(
        opinion.Rule, opinion.Then?.Stages ?? document.Review.Stages,
        opinion.Then?.UndoWindow ?? (facts.Score >= document.Review.UndoFrom ? document.Review.UndoWindow : TimeSpan.Zero));

    private sealed record Opinion(PolicyAction Action, string Rule, Consequence? Then = null)
    {
        public static Opinion Of(PolicyAction action, string of) => new(action, $"{of}.{action.ToString().ToLowerInvariant()}");
    }
}
