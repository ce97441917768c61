using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using Contracts;
using Gateway.Identity;
using Gateway.Risk;
using Microsoft.Extensions.Options;

namespace Gateway.Policy;

/// <summary>What the policy may know of a prompt beyond its risk.</summary>
/// <param name="Unreadable">Attachments the scorer could not look into.</param>
/// <param name="Unmaskable">A finding stands where no pseudonym can go: in a property name or a number.</param>
internal sealed record PromptFacts(string Route, string Model, int Unreadable, bool Unmaskable);

/// <summary>Draws the line. Pure: the same caller, facts, risk and version always give the same decision.</summary>
internal sealed class PromptPolicy
{
    private readonly PolicyOptions options;

    public PromptPolicy(IOptions<PolicyOptions> options)
    {
        this.options = options.Value;
        Version = "p-" + Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(this.options, JsonWire.Options)))[..12];
    }

    /// <summary>Names these very settings: changing any of them changes it.</summary>
    public string Version { get; }

    /// <summary>Whether this finding is hidden where text is masked: a value that is probably sensitive, not a phrase or code.</summary>
    public static bool Hides(Finding finding) => finding.Category is RiskCategory.Secret or RiskCategory.Personal && finding.Confidence >= LeastConfidence;

    private const double LeastConfidence = 0.5;

    public bool TellReason => options.TellReason;

    public PolicyDecision Decide(Caller caller, PromptFacts facts, RiskAssessment risk)
    {
        if (!caller.MayUse(facts.Model))
            return new PolicyDecision.Block("caller.model", $"This key may not use the model '{facts.Model}'.");

        var (action, rule) = Strictest(ByScore(risk.Score), ByFloors(risk), ByUnreadable(facts));
        if (action == PolicyAction.Mask && facts.Unmaskable) (action, rule) = (PolicyAction.Park, "unmaskable");

        return action switch
        {
            PolicyAction.Forward => new PolicyDecision.Forward(rule),
            PolicyAction.Mask => new PolicyDecision.Mask(rule),
            PolicyAction.Park => new PolicyDecision.Park(rule, options.Stages(), risk.Score >= options.UndoAt ? options.UndoWindow : TimeSpan.Zero),
            PolicyAction.Block => new PolicyDecision.Block(rule, "This prompt is over the risk limit and was not sent to a model."),
            _ => throw new UnreachableException(),
        };
    }

    private (PolicyAction, string) ByScore(int score) =>
        score >= options.BlockAt ? (PolicyAction.Block, "score.block")
        : score >= options.ParkAt ? (PolicyAction.Park, "score.park")
        : score >= options.MaskAt ? (PolicyAction.Mask, "score.mask")
        : (PolicyAction.Forward, "score.forward");

    private (PolicyAction, string) ByFloors(RiskAssessment risk)
    {
        var strictest = (Action: PolicyAction.Forward, Rule: "");
        foreach (var finding in risk.Findings)
        {
            if (finding.Confidence >= options.FloorConfidence && options.Floors.TryGetValue(finding.Category, out var floor) && floor > strictest.Action)
                strictest = (floor, $"floor.{finding.Category.ToString().ToLowerInvariant()}");
        }
        return strictest;
    }

    private (PolicyAction, string) ByUnreadable(PromptFacts facts) =>
        facts.Unreadable > 0 ? (options.Unreadable, "unreadable") : (PolicyAction.Forward, "");

    /// <summary>On a tie the earlier one names the rule.</summary>
    private static (PolicyAction, string) Strictest(params ReadOnlySpan<(PolicyAction Action, string Rule)> opinions)
    {
        var strictest = opinions[0];
        foreach (var opinion in opinions[1..])
        {
            if (opinion.Action > strictest.Action) strictest = opinion;
        }
        return strictest;
    }
}
