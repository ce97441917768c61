using CsCheck;
using Gateway.Policy;
using Gateway.Policy.Yaml;

namespace Gateway.Tests.Policies;

/// <summary>A policy's text comes from anybody: it is read whole, or refused with everything that is wrong.</summary>
public sealed class PolicyReader_Tests
{
    private static readonly PolicyWorld World = new(new HashSet<string> { "reviewers", "security" }, group => group == "reviewers" ? ["ada", "riley"] : ["sol"], new HashSet<string> { "EMAIL_ADDRESS", "US_SSN" });

    [Fact]
    public void Everything_that_is_wrong_is_said_at_once_with_its_line()
    {
        var errors = PolicyReader.Read("""
            name: Wrong in many places
            thresholds:
              mask: 70
              park: 60
              block: high
            review:
              stages:
                - groups: [nobody]
                  people: 0
            rules:
              - name: typo
                when: {modles: [gpt]}
                then: {action: foward}
              - name: never
                when: {score: {from: 60, below: 60}}
                then: {atLeast: forward}
            """, World).Errors;

        Assert.Equal(
        [
            (3, "thresholds: mask (70) must be lower than park (60), or nothing is ever masked."),
            (5, "thresholds.block: must be a whole number from 0 to 101."),
            (9, "review.stages[1].people: must be a whole number from 1 to 10."),
            (12, "rules[1].when.modles: there is no such key here. Did you mean models?"),
            (13, "rules[1].then.action: must be one of forward, mask, park, block. Did you mean forward?"),
            (15, "rules[2].when.score: no score is both at least 60 and below 60, so this never holds."),
            (16, "rules[2].then.atLeast: forward is no least: it would change nothing."),
        ], errors.Select(error => (error.Line, error.Message)));
    }

    [Theory]
    [InlineData("  - {name: a, then: {action: block}}\n  - {name: b, when: {groups: [x]}, then: {action: park}}", 5, "'b' never decides: 'a' (line 4) holds whenever it does")]
    [InlineData("  - {name: a, when: {score: {from: 10}}, then: {action: block}}\n  - {name: b, when: {score: {from: 20}, models: [m]}, then: {action: park}}", 5, "'b' never decides")]
    [InlineData("  - {name: a, when: {findings: [{type: EMAIL}]}, then: {action: block}}", 4, "nothing finds 'EMAIL'")]
    [InlineData("  - {name: a, when: {findings: [{type: EMAIL_ADRESS}]}, then: {action: block}}", 4, "Did you mean EMAIL_ADDRESS?")]
    [InlineData("  - {name: a, then: {action: park, stages: [{groups: [ghosts]}]}}", 4, "stage 1 can never be passed: 'ghosts' is a group nobody of whom may review (there are: reviewers, security)")]
    [InlineData("  - {name: a, then: {action: park, stages: [{groups: [reviewers], people: 3}]}}", 4, "it needs 3 people, and reviewers has 2")]
    [InlineData("  - {name: a, when: {callers: [sol]}, then: {action: park, stages: [{groups: [security]}]}}", 4, "without 'sol', who asks and may not decide, 0 of the 1 people it needs are left")]
    [InlineData("  - {name: a, when: {models: [\"/(a+)+\\\\1/\"]}, then: {action: block}}", 4, "it needs backtracking")]
    [InlineData("  - {name: a, when: {models: [\"/(?=a)/\"]}, then: {action: block}}", 4, "it needs backtracking")]
    [InlineData("  - {name: a, when: {models: [\"/(/\"]}, then: {action: block}}", 4, "it is no regular expression")]
    [InlineData("  - {name: a, when: {on: response}, then: {action: forward}}", 4, "an answer is never let out unmasked")]
    [InlineData("  - {name: a, when: {tools: [shell]}, then: {action: block}}", 4, "this needs 'on: response'")]
    [InlineData("  - {name: a, when: {time: {zone: Mars/Olympus, from: \"08:00\"}}, then: {action: block}}", 4, "'Mars/Olympus' is no time zone")]
    [InlineData("  - {name: a, when: {groups: []}, then: {action: block}}", 4, "is an empty list, which nothing fits")]
    [InlineData("  - {name: a, then: {action: park, stages: [{groups: [reviewers], silence: next stage}]}}", 4, "the last stage has no next one")]
    [InlineData("  - {name: a, then: {action: block, atLeast: park}}", 4, "says both 'action' and 'atLeast'")]
    [InlineData("  - {name: a, then: {action: block}}\n  - {name: a, when: {on: response}, then: {action: block}}", 5, "'a' names 2 rules")]
    [InlineData("  - &x {name: a, then: {action: block}}\n  - *x", 4, "Anchors and aliases")]
    [InlineData("  - {name: a, name: b, then: {action: block}}", 4, "This is not YAML")]
    public void What_cannot_work_is_refused_with_its_line(string rules, int line, string message)
    {
        var error = Assert.Single(PolicyReader.Read($"{PolicyTexts.Frame}rules:\n{rules}", World).Errors);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Equal(line, error.Line);
    }

    [Theory]
    [InlineData("")]
    [InlineData("- a list")]
    [InlineData("a: b\n---\nc: d")]
    [InlineData("thresholds: {mask: 30")]
    [InlineData("\t")]
    public void What_is_no_policy_is_refused(string text) => Assert.NotEmpty(PolicyReader.Read(text).Errors);

    [Fact]
    public void A_policy_without_thresholds_or_people_is_refused()
    {
        var errors = PolicyReader.Read("name: Empty").Errors;
        Assert.Contains(errors, error => error.Message.StartsWith("thresholds: are missing", StringComparison.Ordinal));
        Assert.Contains(errors, error => error.Message.StartsWith("review: is missing", StringComparison.Ordinal));
    }

    [Fact]
    public void Size_and_depth_are_bounded()
    {
        Assert.Contains("longer than 256 kB", Assert.Single(PolicyReader.Read(new string('#', PolicyReader.LongestText + 1)).Errors).Message, StringComparison.Ordinal);
        Assert.Contains("nested deeper", Assert.Single(PolicyReader.Read(string.Concat(Enumerable.Repeat("[", 10_000))).Errors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_the_text_it_is_read_or_refused_and_never_both()
    {
        var whole = FirstPolicy.Write(new PolicyOptions { Reviewers = ["reviewers"] }) + "\n  - {name: x, when: {models: [\"/a|b/\"], time: {days: [mon]}}, then: {action: mask, masking: [{types: [US_SSN], as: label}]}}\n";
        Assert.NotNull(PolicyReader.Read(whole, World).Document);
        Gen.Select(Gen.Int[0, whole.Length - 1], Gen.Int[0, 30], Gen.String[Gen.Char["{}[]:-#&*!|>'\"%@`,\n\t 0aé漢\u0000"], 0, 4]).Sample((at, cut, put) =>
        {
            var reading = PolicyReader.Read(string.Concat(whole.AsSpan(0, at), put, whole.AsSpan(Math.Min(whole.Length, at + cut))), World);
            Assert.True(reading.Document is null != (reading.Errors.Count == 0));
        }, iter: 3_000);
    }

    [Fact]
    public void A_moved_threshold_leaves_every_other_letter()
    {
        const string text = "# ours\nthresholds: {mask: 30,   park: 60, block: 95} # the line\nreview: {stages: [{groups: [reviewers]}]}\n";
        Assert.Equal("# ours\nthresholds: {mask: 30,   park: 7, block: 95} # the line\nreview: {stages: [{groups: [reviewers]}]}\n", ThresholdText.With(text, "park", 7));
        Assert.Null(ThresholdText.With("thresholds: {mask: 30}", "park", 7));
        Assert.Null(ThresholdText.With("{{{", "park", 7));
        Gen.Int[0, 101].Sample(score => Assert.Equal(score, PolicyReader.Read(ThresholdText.With(text, "block", Math.Max(score, 61))!).Document!.Thresholds.Block == Math.Max(score, 61) ? score : -1));
    }
}
