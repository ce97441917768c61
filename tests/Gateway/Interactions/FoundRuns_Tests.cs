using Contracts;
using Contracts.Api;
using CsCheck;
using Gateway.Interactions;
using Gateway.Policy;

namespace Gateway.Tests.Interactions;

/// <summary>Findings on the page: each has a place, and what is hidden shows through none of them.</summary>
public sealed class FoundRuns_Tests
{
    private const int Length = 60;

    // Every character is another, so that one that shows can be told.
    private static readonly string Text = string.Concat(Enumerable.Range(0x4E00, Length).Select(letter => (char)letter));

    private static readonly Gen<Finding[]> AnyFindings = Gen.Select(Gen.Enum<RiskCategory>(), Gen.Int[0, Length], Gen.Int[0, 25], Gen.OneOf<double>(0.1, 0.9),
        (category, start, length, confidence) => Found(category, start, Math.Min(start + length, Length), confidence)).Array[0, 12];

    [Fact]
    public void Findings_that_overlap_are_cut_at_their_borders()
    {
        var runs = Runs([Found(RiskCategory.Attack, 10, 30), Found(RiskCategory.Code, 20, 40)]);

        Assert.Equal(
            ["- : 10", "0 : 10", "0,1 : 10", "1 : 10", "- : 20"],
            runs.Select(run => $"{(run.Finding is null ? "-" : string.Join(',', run.Also?.Prepend(run.Finding.Value) ?? [run.Finding.Value]))} : {run.Text.Length}"));
    }

    [Fact]
    public void A_finding_inside_another_has_its_own_place()
    {
        var runs = Runs([Found(RiskCategory.Attack, 0, 60), Found(RiskCategory.Code, 20, 25)]);

        Assert.Equal([1], Assert.Single(runs, run => run.Text == Text[20..25]).Also);
    }

    [Fact]
    public void What_is_hidden_wins_and_names_those_it_touches()
    {
        var runs = Runs([Found(RiskCategory.Attack, 10, 30), Found(RiskCategory.Personal, 15, 20), Found(RiskCategory.Secret, 18, 25)]);

        var mask = Assert.Single(runs, run => run.Masked);
        Assert.Equal(("[SECRET]", 2), (mask.Text, mask.Finding));
        Assert.Equal([1, 0], mask.Also);
        Assert.Equal(Text[..15] + "[SECRET]" + Text[25..], string.Concat(runs.Select(run => run.Text)));
    }

    [Fact]
    public void No_hidden_character_is_in_any_run() => AnyFindings.Sample(findings =>
    {
        var shown = string.Concat(Runs(findings).Select(run => run.Text));
        foreach (var hidden in findings.Where(PromptPolicy.Hides))
            Assert.True(shown.AsSpan().IndexOfAny(Text.AsSpan(hidden.Start, hidden.End - hidden.Start)) < 0);
    }, iter: 5_000);

    [Fact]
    public void What_is_not_hidden_is_there_once_and_in_order() => AnyFindings.Sample(findings =>
    {
        var seen = string.Concat(Runs(findings).Where(run => !run.Masked).Select(run => run.Text));
        var expected = string.Concat(Text.Where((_, at) => !findings.Any(f => PromptPolicy.Hides(f) && f.Start <= at && at < f.End)));
        Assert.Equal(expected, seen);
    }, iter: 5_000);

    [Fact]
    public void Every_finding_with_a_place_in_the_text_has_one_on_the_page() => AnyFindings.Sample(findings =>
    {
        var placed = Runs(findings).SelectMany(run => (run.Also ?? []).Append(run.Finding ?? -1)).ToHashSet();
        Assert.All(findings.Index().Where(f => f.Item.End > f.Item.Start), f => Assert.Contains(f.Index, placed));
    }, iter: 5_000);

    private static IReadOnlyList<PromptRun> Runs(Finding[] findings) => FoundRuns.Of(Text, findings.Index().Select(f => (f.Item, f.Index)));

    private static Finding Found(RiskCategory category, int start, int end, double confidence = 0.9) => new()
    {
        Detector = "test", Category = category, Type = category.ToString().ToUpperInvariant(), Path = "/x", Start = start, End = end, Confidence = confidence, Reason = "Because.",
    };
}
