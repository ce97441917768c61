using Contracts;
using Gateway.Identity;
using Gateway.Policy;
using Gateway.Risk;
using Gateway.Tests.Policies;

namespace Gateway.Tests.Deciding;

/// <summary>Where the lines are: every threshold at its edge, every floor, and what outweighs what.</summary>
public sealed class PolicyTable_Tests
{
    private static readonly Caller Anyone = new() { Subject = "s", Name = "n", Groups = [], Models = ["*"] };

    [Theory]
    [InlineData(0, "Forward", "score.forward")]
    [InlineData(29, "Forward", "score.forward")]
    [InlineData(30, "Mask", "score.mask")]
    [InlineData(59, "Mask", "score.mask")]
    [InlineData(60, "Park", "score.park")]
    [InlineData(94, "Park", "score.park")]
    [InlineData(95, "Block", "score.block")]
    [InlineData(100, "Block", "score.block")]
    public void A_threshold_applies_from_its_value_on(int score, string action, string rule) => AssertDecides(action, rule, Decide(score: score));

    [Theory]
    [InlineData(RiskCategory.Secret, 0.6, "Park", "secrets")]
    [InlineData(RiskCategory.Secret, 0.59, "Forward", "score.forward")]
    [InlineData(RiskCategory.Fault, 1.0, "Park", "scorer faults")]
    [InlineData(RiskCategory.Personal, 1.0, "Forward", "score.forward")]
    [InlineData(RiskCategory.Attack, 1.0, "Forward", "score.forward")]
    public void A_floor_holds_whatever_the_score_from_its_confidence_on(RiskCategory category, double confidence, string action, string rule) =>
        AssertDecides(action, rule, Decide(score: 5, findings: [Finding(category, confidence)]));

    [Fact]
    public void A_floor_never_makes_a_decision_milder()
    {
        AssertDecides("Block", "score.block", Decide(score: 99, findings: [Finding(RiskCategory.Secret, 1)]));
        AssertDecides("Park", "secrets", Decide(score: 70, findings: [Finding(RiskCategory.Secret, 1)]));
        AssertDecides("Block", "attacks", Decide(score: 70, findings: [Finding(RiskCategory.Secret, 1), Finding(RiskCategory.Attack, 1)], options: new() { Floors = { [RiskCategory.Attack] = PolicyAction.Block } }));
    }

    [Theory]
    [InlineData(nameof(PolicyAction.Forward), 0, "Forward", "score.forward")]
    [InlineData(nameof(PolicyAction.Park), 0, "Park", "unreadable")]
    [InlineData(nameof(PolicyAction.Block), 0, "Block", "unreadable")]
    [InlineData(nameof(PolicyAction.Park), 97, "Block", "score.block")]
    [InlineData(nameof(PolicyAction.Forward), 40, "Mask", "score.mask")]
    public void What_cannot_be_read_follows_its_own_setting(string setting, int score, string action, string rule) =>
        AssertDecides(action, rule, Decide(score: score, unreadable: 1, options: new() { Unreadable = Enum.Parse<PolicyAction>(setting) }));

    [Fact]
    public void What_cannot_be_masked_where_it_stands_is_looked_at_by_people()
    {
        AssertDecides("Park", "unmaskable", Decide(score: 40, unmaskable: true));
        AssertDecides("Forward", "score.forward", Decide(score: 10, unmaskable: true));
        AssertDecides("Block", "score.block", Decide(score: 96, unmaskable: true));
    }

    [Fact]
    public void A_model_the_caller_may_not_use_is_refused_before_anything_else()
    {
        var narrow = Anyone with { Models = ["gpt-4o", "m-*"] };
        PolicyDecision Asked(string model) => Policy().Decide(Judged.Of(narrow, "/v1/x", model, new RiskAssessment { Score = 0, Findings = [], Reasons = [], ScorerVersion = "t" }, DateTimeOffset.UnixEpoch));
        AssertDecides("Block", "caller.model", Asked("gpt-4o-mini"));
        AssertDecides("Forward", "score.forward", Asked("m-anything"));
        AssertDecides("Block", "caller.model", Asked("GPT-4o"));
    }

    [Theory]
    [InlineData(84, 0)]
    [InlineData(85, 5)]
    public void A_release_is_held_for_second_thoughts_from_its_score_on(int score, int seconds)
    {
        var park = Assert.IsType<PolicyDecision.Park>(Decide(score: score));
        Assert.Equal(TimeSpan.FromSeconds(seconds), park.UndoWindow);
    }

    [Fact]
    public void The_stage_is_a_snapshot_of_the_settings()
    {
        var park = Assert.IsType<PolicyDecision.Park>(Decide(score: 70, options: new() { Reviewers = ["lawyers", "leads"], People = 2, Deadline = TimeSpan.FromMinutes(7) }));
        var stage = Assert.Single(park.Stages);
        Assert.Equal((2, TimeSpan.FromMinutes(7), Contracts.Messages.OnDeadline.Reject), (stage.People, stage.Deadline, stage.OnDeadline));
        Assert.Equal(["lawyers", "leads"], stage.Groups);
    }

    [Fact]
    public void Thresholds_can_be_switched_off()
    {
        var options = new PolicyOptions { MaskAt = 101, ParkAt = 101, BlockAt = 101 };
        AssertDecides("Forward", "score.forward", Decide(score: 100, options: options));
        Assert.True(new PolicyRules().Validate(null, options).Succeeded);
    }

    [Fact]
    public void What_is_masked_goes_as_it_is_for_those_who_ride_past_masking()
    {
        var rider = Facts(40) with { RidesPastMasking = true };
        AssertDecides("Forward", "masking.waived", Policy().Decide(rider));
        AssertDecides("Forward", "masking.waived", Policy().Decide(rider with { Unmaskable = true }));
        AssertDecides("Park", "score.park", Policy().Decide(rider with { Score = 60 }));
    }

    private static PolicyDecision Decide(int score = 0, IReadOnlyList<Finding>? findings = null, int unreadable = 0, bool unmaskable = false, PolicyOptions? options = null) =>
        Policy(options).Decide(Facts(score) with { Found = FoundType.Of(findings ?? []), Unreadable = unreadable, Unmaskable = unmaskable });

    private static Judged Facts(int score) => new() { At = DateTimeOffset.UnixEpoch, Caller = "s", Groups = [], Route = "/v1/chat/completions", Model = "m", Score = score };

    private static PromptPolicy Policy(PolicyOptions? options = null)
    {
        options ??= new PolicyOptions();
        if (options.Reviewers.Count == 0) options.Reviewers.Add("reviewers");
        return PolicyTexts.Policy(FirstPolicy.Write(options));
    }

    private static Finding Finding(RiskCategory category, double confidence) =>
        new() { Detector = "t", Category = category, Type = "T", Path = "/x", Start = 0, End = 1, Confidence = confidence, Reason = "Test." };

    private static void AssertDecides(string action, string rule, PolicyDecision decision) => Assert.Equal((action, rule), (decision.GetType().Name, decision.Rule));
}
