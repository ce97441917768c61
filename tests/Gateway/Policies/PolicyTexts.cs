using Contracts;
using Contracts.Messages;
using CsCheck;
using Gateway.Policy;
using Gateway.Policy.Yaml;

namespace Gateway.Tests.Policies;

/// <summary>Policies and facts to try them on.</summary>
internal static class PolicyTexts
{
    public const string Frame = """
        thresholds: {mask: 30, park: 60, block: 95}
        review: {stages: [{groups: [reviewers]}]}

        """;

    public static PromptPolicy Policy(string text)
    {
        var reading = PolicyReader.Read(text);
        Assert.Empty(reading.Errors);
        return new PromptPolicy(reading.Document!, "v1"); // no errors, so there is one
    }

    /// <summary>The frame with these rules.</summary>
    public static PromptPolicy WithRules(string rules) => Policy($"{Frame}rules:\n{rules}");

    public static Judged Facts(int score = 0, params FoundType[] found) =>
        new() { At = DateTimeOffset.UnixEpoch, Caller = "ci", Groups = ["engineering"], Route = "/v1/chat/completions", Model = "gpt-4o", Score = score, Found = found };

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static readonly string[] Groups = ["engineering", "contractors", "legal"];
    private static readonly string[] Models = ["gpt-4o", "gpt-4o-mini", "local-7b"];
    private static readonly string[] Callers = ["ci", "bot", "alice"];
    private static readonly string[] Types = ["EMAIL_ADDRESS", "SECRET", "PROMPT_INJECTION", "US_SSN"];
    private static readonly Gen<RiskCategory> Categories = OneOf(Enum.GetValues<RiskCategory>());
    private static readonly Gen<double> Confidence = OneOf(0.3, 0.5, 0.6, 0.61, 0.9, 1.0 / 3, 1);
    private static readonly Gen<int> Score = Gen.Int[0, 100];

    public static readonly Gen<FoundType> Found = Gen.Select(Categories, OneOf(Types), Confidence.Array[1, 4], (category, type, sure) => new FoundType(category, type, sure));

    public static readonly Gen<Judged> AnyFacts =
        from who in Gen.Select(OneOf(Callers), OneOf(Groups).Array[0, 2], OneOf(Models))
        from score in Score
        from scores in Gen.Select(Categories, Score).Array[0, 3]
        from found in Found.Array[0, 4]
        from flags in Gen.Select(Gen.Bool, Gen.Bool, Gen.Int[0, 2], Gen.Int[0, 14 * 24 * 60])
        from response in Gen.Int[0, 4]
        select new Judged
        {
            At = new DateTimeOffset(2026, 11, 2, 0, 0, 0, TimeSpan.Zero).AddMinutes(flags.Item4), On = response == 0 ? Direction.Response : Direction.Request,
            Caller = who.Item1, Groups = [.. who.Item2.Distinct()], Route = "/v1/messages", Model = who.Item3, Upstream = score % 3 == 0 ? null : score % 2 == 0 ? "cloud-1" : "local", Score = score,
            Scores = scores.DistinctBy(s => s.Item1).ToDictionary(s => s.Item1, s => s.Item2), Found = found, RidesPastMasking = flags.Item1, Unmaskable = flags.Item2, Unreadable = flags.Item3,
            ToolCalls = response == 0 ? ["shell"] : [], NotAllowed = flags.Item4 % 17 == 0 ? new NotAllowed("caller.model", "no") : null,
        };

    public static readonly Gen<Thresholds> Lines = Gen.Int[0, 101].Array[3].Select(at => at.Order().ToArray() is var sorted ? new Thresholds(sorted[0], sorted[1], sorted[2]) : null!);

    private static readonly Gen<IReadOnlyList<ReviewStage>> Stages = Gen.Select(OneOf(Groups), Gen.Int[1, 3], (group, people) => (IReadOnlyList<ReviewStage>)[new ReviewStage([group], people, TimeSpan.FromHours(1), OnDeadline.Reject)]);

    private static readonly Gen<Conditions> When =
        from part in Gen.Int[0, 8]
        from text in Gen.Select(OneOf(Groups), OneOf("gpt-*", "/gpt-4o(-mini)?/", "local-7b"), OneOf(Callers))
        from finding in Gen.Select(Categories, Confidence, Gen.Int[1, 3])
        from low in Gen.Int[0, 99]
        from response in Gen.Int[0, 4]
        select new Conditions
        {
            On = response == 0 ? Direction.Response : Direction.Request,
            Groups = part == 0 ? [text.Item1] : [], Models = part is 1 or 2 ? [Pattern.Read(text.Item2).Pattern!] : [], Upstreams = part == 8 ? [Pattern.Read("cloud-*").Pattern!] : [], Callers = part == 3 ? [Pattern.Read(text.Item3).Pattern!] : [],
            Findings = part is 2 or 4 ? [new FindingCondition(finding.Item1, null, finding.Item3, finding.Item2)] : [],
            Score = part == 5 ? (low, 101) : null, Unreadable = part == 6 && response != 0 ? true : null,
            Time = part == 7 ? new TimeWindow([DayOfWeek.Saturday, DayOfWeek.Sunday], new(22, 0), new(6, 0), TimeZoneInfo.Utc) : null,
        };

    private static readonly Gen<Consequence> Then =
        from action in OneOf(Enum.GetValues<PolicyAction>())
        from least in Gen.Bool
        from stages in Stages.Null()
        from masking in OneOf(MaskedAs.Label, MaskedAs.Kept)
        select new Consequence(action, least, action == PolicyAction.Park ? stages : null, null, action == PolicyAction.Mask ? new MaskingPlan([new(["EMAIL_ADDRESS"], masking)]) : null);

    public static readonly Gen<PolicyDocument> AnyDocument =
        from lines in Lines
        from own in Gen.Select(When, Categories.Nullable(), Lines).Array[0, 3]
        from rules in Gen.Select(When, Then).Array[0, 5]
        from stages in Stages
        select new PolicyDocument
        {
            Name = "Any", Thresholds = lines, Review = new ReviewPlan(stages, 85, TimeSpan.FromSeconds(5)),
            For = [.. own.Select(line => new ThresholdsFor(line.Item1 with { On = Direction.Request, Findings = [], Score = null, Unreadable = null }, line.Item2, line.Item3.Mask, line.Item3.Park, line.Item3.Block))],
            Rules = [.. rules.Select((rule, i) => new PolicyRule($"rule {i}", rule.Item1, rule.Item2, i))],
        };
}
