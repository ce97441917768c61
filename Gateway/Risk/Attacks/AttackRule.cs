using System.Buffers;
using System.Text.RegularExpressions;
using Contracts;

namespace Gateway.Risk.Attacks;

/// <summary>A way of speaking to a model that attacks use: where to try, what it reads like on the folded text, how telling it is.</summary>
internal sealed partial class AttackRule
{
    private readonly LazyRegex pattern;

    private AttackRule(string id, string type, double confidence, string reason, string triggers, string pattern, string[] examples)
    {
        Profile = new("attack." + id, RiskCategory.Attack, type, [.. examples.Where(e => e[0] != '!')], [.. examples.Where(e => e[0] == '!').Select(e => e[1..])]);
        Confidence = confidence;
        Reason = reason;
        Triggers = [.. Bar().Split(triggers).Select(trigger => trigger.Replace(@"\|", "|", StringComparison.Ordinal))];
        this.pattern = LazyRegex.Anchored(pattern, RegexOptions.None);
    }

    private AttackRule(AttackRule like) => (Profile, Confidence, Reason, Triggers, pattern) = (like.Profile, like.Confidence, like.Reason, like.Triggers, like.pattern);

    public DetectorProfile Profile { get; }

    /// <summary>How sure this sign alone makes; weak signs count only together.</summary>
    public double Confidence { get; }
    public string Reason { get; }
    public IReadOnlyList<string> Triggers { get; }
    public Regex Pattern => pattern.Regex;

    /// <summary>Of which one stands in whatever the pattern fits; cheaper to see than the pattern, where ordinary speech is full of triggers.</summary>
    public SearchValues<string>? Needs { get; private init; }

    /// <param name="triggers">Parted by bars; <c>\|</c> stands for one.</param>
    /// <param name="pattern">On folded text, from a trigger on: <c>_</c> stands for what separates words, <c>~n</c> for up to n words of one sentence, <c>\x5f</c> for an underscore.</param>
    public static AttackRule Injection(string id, double confidence, string reason, string triggers, string pattern, params string[] examples) =>
        new(id, "PROMPT_INJECTION", confidence, reason, triggers, Expand(pattern), examples);

    /// <inheritdoc cref="Injection"/>
    public static AttackRule Jailbreak(string id, double confidence, string reason, string triggers, string pattern, params string[] examples) =>
        new(id, "JAILBREAK", confidence, reason, triggers, Expand(pattern), examples);

    /// <param name="words">Parted by bars; parts of words will do.</param>
    public AttackRule Needing(string words) => new(this) { Needs = SearchValues.Create(words.Split('|'), StringComparison.Ordinal) };

    private static string Expand(string pattern)
    {
        for (var words = 1; words <= 9; words++) pattern = pattern.Replace($"~{words}", $@"(?:[\w'\-]+[^\w.!?]+){{0,{words}}}", StringComparison.Ordinal);
        return pattern.Replace("_", @"\W+", StringComparison.Ordinal);
    }

    [GeneratedRegex(@"(?<!\\)\|")]
    private static partial Regex Bar();
}
