using Contracts;
using CsCheck;
using Gateway.Policy;

namespace Gateway.Tests.Policies;

/// <summary>What the rules of a policy mean.</summary>
public sealed class Rules_Tests
{
    private static readonly FoundType Secret = new(RiskCategory.Secret, "SECRET", [0.9]);

    [Fact]
    public void The_first_rule_that_fits_decides_alone_whatever_the_score()
    {
        var policy = PolicyTexts.WithRules("""
              - {name: local models, when: {models: ["local-*"]}, then: {action: forward}}
              - {name: nobody else, then: {action: block, tell: Use a local model.}}
            """);
        Assert.Equal(("local models", "forward"), Said(policy.Decide(PolicyTexts.Facts(99) with { Model = "local-7b" })));
        var blocked = Assert.IsType<PolicyDecision.Block>(policy.Decide(PolicyTexts.Facts(0)));
        Assert.Equal(("nobody else", "Use a local model."), (blocked.Rule, blocked.Explanation));
    }

    [Fact]
    public void Rules_that_say_the_least_add_up_and_read_on()
    {
        var policy = PolicyTexts.WithRules("""
              - {name: secrets, when: {findings: [{category: secret, confidence: 0.6}]}, then: {atLeast: park, stages: [{groups: [security], people: 2}]}}
              - {name: contractors, when: {groups: [contractors]}, then: {atLeast: mask}}
              - {name: trusted, when: {callers: [ci]}, then: {action: forward}}
            """);
        Assert.Equal(("trusted", "forward"), Said(policy.Decide(PolicyTexts.Facts(99))));
        var parked = Assert.IsType<PolicyDecision.Park>(policy.Decide(PolicyTexts.Facts(10, Secret)));
        Assert.Equal(("secrets", 2), (parked.Rule, parked.Stages[0].People));
        Assert.Equal(("contractors", "mask"), Said(policy.Decide(PolicyTexts.Facts(10) with { Groups = ["contractors"] })));
        Assert.Equal(("score.block", "block"), Said(policy.Decide(PolicyTexts.Facts(97, Secret) with { Caller = "bot" })));
    }

    [Theory]
    [InlineData("cloud-eu", true)]
    [InlineData("basement", false)]
    [InlineData(null, false)] // recorded before it was known
    public void A_rule_may_be_about_where_a_prompt_goes(string? upstream, bool holds)
    {
        var policy = PolicyTexts.WithRules("  - {name: outside, when: {upstreams: [\"cloud-*\"], findings: [{category: personal}]}, then: {action: block}}\n");
        var facts = PolicyTexts.Facts(0, new FoundType(RiskCategory.Personal, "PERSON", [0.9])) with { Upstream = upstream };
        Assert.Equal(holds, policy.Decide(facts) is PolicyDecision.Block);
    }

    [Theory]
    [InlineData(83, 15, 80)]
    [InlineData(15, 15, 0)]
    [InlineData(80, 0, 80)]
    public void What_the_text_alone_scores_is_told_from_how_it_came(int score, int unusual, int text) =>
        Assert.Equal(text, (PolicyTexts.Facts(score) with { Scores = unusual == 0 ? new() : new Dictionary<RiskCategory, int> { [RiskCategory.Unusual] = unusual } }).TextScore);

    [Fact]
    public void A_rules_own_people_are_not_waved_away_by_a_score_that_asks_for_less()
    {
        var policy = PolicyTexts.WithRules("  - {name: secrets, when: {findings: [{category: secret}]}, then: {atLeast: park, stages: [{groups: [security], people: 2}]}}\n");
        var parked = Assert.IsType<PolicyDecision.Park>(policy.Decide(PolicyTexts.Facts(70, Secret)));
        Assert.Equal("secrets", parked.Rule);
        Assert.Equal(2, parked.Stages[0].People);
    }

    [Theory]
    [InlineData(1, 0.9, false)]
    [InlineData(3, 0.9, true)]
    [InlineData(3, 0.4, false)]
    public void A_finding_counts_from_its_confidence_on(int times, double sure, bool holds)
    {
        var policy = PolicyTexts.WithRules("  - {name: many, when: {findings: [{type: EMAIL_ADDRESS, count: 3, confidence: 0.5}]}, then: {action: block}}\n");
        var facts = PolicyTexts.Facts(0, new FoundType(RiskCategory.Personal, "EMAIL_ADDRESS", [.. Enumerable.Repeat(sure, times)]));
        Assert.Equal(holds, policy.Decide(facts) is PolicyDecision.Block);
    }

    [Theory]
    [InlineData("2026-11-24T21:59:00+01:00", false)] // a Tuesday
    [InlineData("2026-11-24T22:00:00+01:00", true)]
    [InlineData("2026-11-25T05:59:00+01:00", true)]
    [InlineData("2026-11-25T06:00:00+01:00", false)]
    [InlineData("2026-11-24T05:00:00+01:00", false)] // Monday's night is not Tuesday's
    [InlineData("2026-11-24T21:30:00Z", true)] // the zone counts, not the sender's clock
    public void A_night_belongs_to_the_day_it_begins_on(string at, bool holds)
    {
        var policy = PolicyTexts.WithRules("""  - {name: night, when: {time: {days: [tue], from: "22:00", to: "06:00", zone: Europe/Berlin}}, then: {action: block}}""");
        Assert.Equal(holds, policy.Decide(PolicyTexts.Facts() with { At = DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture) }) is PolicyDecision.Block);
    }

    [Fact]
    public void Lines_of_their_own_take_the_place_of_the_standard_and_a_category_has_lines_besides()
    {
        var policy = PolicyTexts.Policy("""
            thresholds:
              mask: 30
              park: 60
              block: 95
              for:
                - {groups: [contractors], park: 40}
                - {category: attack, park: 20, block: 50}
            review: {stages: [{groups: [reviewers]}]}
            """);
        var contractor = PolicyTexts.Facts(45) with { Groups = ["contractors"] };
        Assert.Equal(("score.mask", "mask"), Said(policy.Decide(PolicyTexts.Facts(45))));
        Assert.Equal(("score.park", "park"), Said(policy.Decide(contractor)));
        Assert.Equal(("score.block", "block"), Said(policy.Decide(contractor with { Score = 95 })));
        Assert.Equal(("score.attack.park", "park"), Said(policy.Decide(PolicyTexts.Facts(25) with { Scores = new Dictionary<RiskCategory, int> { [RiskCategory.Attack] = 25 } })));
        Assert.Equal(("score.attack.block", "block"), Said(policy.Decide(contractor with { Scores = new Dictionary<RiskCategory, int> { [RiskCategory.Attack] = 50 } })));
    }

    [Fact]
    public void An_answer_is_masked_unless_a_rule_about_answers_says_more()
    {
        var policy = PolicyTexts.WithRules("""
              - {name: prompts only, when: {score: {from: 0}}, then: {action: block}}
              - {name: shell, when: {on: response, tools: [shell]}, then: {action: park}}
              - {name: leaked, when: {on: response, findings: [{category: secret}]}, then: {action: block}}
            """);
        var answer = PolicyTexts.Facts() with { On = Direction.Response };
        Assert.Equal(("answer.mask", "mask"), Said(policy.Decide(answer)));
        Assert.Equal(("shell", "park"), Said(policy.Decide(answer with { ToolCalls = ["shell"] })));
        Assert.Equal(("leaked", "block"), Said(policy.Decide(answer with { Found = [Secret] })));
        Assert.True(policy.HoldsAnswers(PolicyTexts.Facts()));
        Assert.False(PolicyTexts.WithRules("  - {name: legal, when: {on: response, groups: [legal]}, then: {action: park}}\n").HoldsAnswers(PolicyTexts.Facts()));
    }

    [Fact]
    public void Masking_says_for_each_type_what_stands_in_its_place()
    {
        var policy = PolicyTexts.WithRules("  - {name: some, when: {groups: [engineering]}, then: {action: mask, masking: [{types: [US_SSN], as: label}, {types: [EMAIL_ADDRESS], as: kept}, {types: [CREDIT_CARD], as: partial}, {types: [URL], as: hash}, {types: [PHONE_NUMBER], as: fake}]}}\n");
        var plan = Assert.IsType<PolicyDecision.Mask>(policy.Decide(PolicyTexts.Facts(40))).Plan;
        Assert.Equal((MaskedAs.Label, MaskedAs.Kept, MaskedAs.Pseudonym), (plan.For("US_SSN"), plan.For("EMAIL_ADDRESS"), plan.For("IBAN_CODE")));
        Assert.Equal((MaskedAs.Partial, MaskedAs.Hash, MaskedAs.Fake), (plan.For("CREDIT_CARD"), plan.For("URL"), plan.For("PHONE_NUMBER")));
    }

    [Fact]
    public void What_was_recorded_is_judged_as_it_was_judged_live() => Gen.Select(PolicyTexts.AnyDocument, PolicyTexts.AnyFacts).Sample((document, facts) =>
    {
        var policy = new PromptPolicy(document, "v1");
        var live = policy.Decide(facts);
        var again = policy.Decide(PolicyJson.ReadJudged(PolicyJson.Write(facts)));
        Assert.Equal(PolicyJson.Write(live), PolicyJson.Write(again));
    }, iter: 2_000);

    [Fact]
    public void What_may_be_tightened_in_a_hurry_never_lets_more_through() =>
        Gen.Select(PolicyTexts.AnyDocument, PolicyTexts.Lines, PolicyTexts.AnyDocument, Gen.Int[0, 2], PolicyTexts.AnyFacts.Array[20]).Sample((now, lines, other, added, facts) =>
        {
            // Of changes at random those that pass as tightening; what does not is somebody else's to agree to.
            var then = now with
            {
                Thresholds = new(Math.Min(now.Thresholds.Mask, lines.Mask), Math.Min(now.Thresholds.Park, lines.Park), Math.Min(now.Thresholds.Block, lines.Block)),
                Rules = [.. other.Rules.Take(added), .. now.Rules],
                Review = added == 0 ? other.Review : now.Review,
            };
            if (Tightening.WhyNot(now, then) is not null) return;
            var (before, after) = (new PromptPolicy(now, "v1"), new PromptPolicy(then, "v2"));
            foreach (var fact in facts)
            {
                var (was, will) = (before.Decide(fact), after.Decide(fact));
                Assert.True(will.Action >= was.Action, $"{was} became {will}");
                if ((was, will) is (PolicyDecision.Park old, PolicyDecision.Park { } now2)) Assert.True(IsNoMilder(old, now2), $"{was} became {will}");
            }
        }, iter: 4_000);

    private static bool IsNoMilder(PolicyDecision.Park was, PolicyDecision.Park will) =>
        was.Stages.Count == will.Stages.Count && was.Stages.Zip(will.Stages).All(pair => pair.First.Groups.SequenceEqual(pair.Second.Groups) && pair.Second.People >= pair.First.People) && will.UndoWindow >= was.UndoWindow;

    private static (string, string) Said(PolicyDecision decision) => (decision.Rule, decision.Word);
}
