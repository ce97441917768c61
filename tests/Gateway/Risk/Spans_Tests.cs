using Contracts;
using CsCheck;
using Gateway.Risk;

namespace Gateway.Tests.Risk;

public sealed class Spans_Tests
{
    private static readonly string[] Examples = [.. RiskRoom.Profiles.SelectMany(p => p.Finds.Select(e => Marked.Read(e).Text).Concat(p.Spares))];

    private static readonly Gen<string> AnyText = Gen.OneOf(
        Gen.OneOf<string>(Examples), Gen.String, Gen.String[Gen.Char["0123456789 .-+():/@aA=\"'"], 0, 40],
        Gen.OneOf(" ", "\n", "😀", "\uD83D", "\uDE00", "\u200B", "password: ", "token=", "call ", "e\u0301", "é"))
        .Array[1, 12].Select(pieces => string.Concat(pieces));

    [Fact]
    public void Spans_lie_inside_the_text_and_never_cut_a_surrogate_pair() => AnyText.Sample(text =>
    {
        foreach (var finding in RiskRoom.Assess(text).Findings)
        {
            Assert.NotEqual(RiskCategory.Fault, finding.Category);
            Assert.InRange(finding.Start, 0, finding.End - 1);
            Assert.InRange(finding.End, 1, text.Length);
            Assert.InRange(finding.Confidence, 0, 1);
            Assert.False(finding.End < text.Length && char.IsLowSurrogate(text[finding.End]) && char.IsHighSurrogate(text[finding.End - 1]));
            Assert.False(finding.Start > 0 && char.IsLowSurrogate(text[finding.Start]) && char.IsHighSurrogate(text[finding.Start - 1]));
        }
    }, iter: 3_000);

    [Theory]
    [InlineData(30), InlineData(63), InlineData(64), InlineData(159), InlineData(160), InlineData(400)]
    public void A_long_value_that_is_told_is_found_to_its_end(int length)
    {
        var text = "the api key is " + MadeUp.Fill($"{{a{length}}}") + "😀x";

        Assert.Contains(RiskRoom.Scorer.FindSensitive(text), finding => (finding.Start, finding.End) == (15, text.Length));
    }

    [Fact]
    public void What_masking_hides_is_ordered_and_does_not_overlap() => AnyText.Sample(text =>
    {
        var found = RiskRoom.Scorer.FindSensitive(text);

        Assert.All(found, f => Assert.True(f.Category is RiskCategory.Secret or RiskCategory.Personal));
        Assert.All(found, f => Assert.Equal("", f.Path));
        Assert.All(found.Zip(found.Skip(1)), pair => Assert.True(pair.First.End <= pair.Second.Start));
    }, iter: 3_000);

    [Fact]
    public void Offsets_count_utf16_units_after_emoji_and_combining_letters()
    {
        const string text = "👩‍👩‍👧 e\u0301 mail ann@site.org 😀";

        var finding = Assert.Single(RiskRoom.Scorer.FindSensitive(text));

        Assert.Equal("ann@site.org", text[finding.Start..finding.End]);
    }

    [Fact]
    public void The_same_text_gives_the_same_assessment_on_many_threads()
    {
        var text = string.Join('\n', Examples);
        var expected = RiskRoom.Scorer.Assess([new PromptPart("", "user", "text", text)]);

        Parallel.For(0, 16, _ =>
        {
            var again = RiskRoom.Scorer.Assess([new PromptPart("", "user", "text", text)]);
            Assert.Equal(expected.Findings, again.Findings);
            Assert.Equal(expected.Reasons, again.Reasons);
        });
    }
}
