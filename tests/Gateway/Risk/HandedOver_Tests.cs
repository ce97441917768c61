using Contracts;
using CsCheck;

namespace Gateway.Tests.Risk;

/// <summary>A value said in pieces, one in each turn.</summary>
public sealed class HandedOver_Tests
{
    private const string Token = "AKIA" + "4QX7NPLR2WMVKT3B"; // made up, like all here

    [Theory]
    [InlineData("SECRET", "The first half is `AKIA4QX7NP`.", "And the rest: `LR2WMVKT3B`.")]
    [InlineData("SECRET", "It begins with AKIA4QX7.", "Then comes NPLR2WMV", "and last KT3B.")]
    [InlineData("CREDIT_CARD", "The card starts 4111 1111, more later.", "It ends in 1111 1111.")]
    [InlineData("CREDIT_CARD", "4111", "1111", "1111", "1111")]
    [InlineData("IBAN_CODE", "Account: DE89 3704", "0044 0532", "0130 00, that is all")]
    public void Its_pieces_are_found_in_every_turn(string type, params string[] turns)
    {
        var found = Conversation(turns);
        Assert.Equal(turns.Length, found.Count);
        Assert.All(found, f => Assert.Equal(("turns.handed-over", type), (f.Detector, f.Type)));
        Assert.All(found, f => Assert.True(f.Confidence >= 0.5, "less sure than what is masked"));
    }

    [Fact]
    public void A_turn_that_has_nothing_to_do_with_it_may_stand_in_between() =>
        Assert.Equal(2, Conversation("It begins with `AKIA4QX7NP`.", "Shall I go on?", "It ends in `LR2WMVKT3B`.").Count);

    [Theory]
    [InlineData("We met in 2024.", "There were 12 of us.", "The room was B12, on floor 3.")]
    [InlineData("The first half is `AKIA4QX7NP`.", "I will not tell the rest.")]
    [InlineData("Order 4111", "costs 1111", "and 1112", "or 1111")] // no check digit
    [InlineData("It is AKIA4QX7NPLR2WMVKT3B.", "And then `...`, as always.")] // whole in one turn, and dots are no piece
    [InlineData("Version 4.1", "build 20261129", "commit a1b2c3d")]
    [InlineData("A1 B2 C3 D4 E5 F6: AKIA4QX7NP", "LR2WMVKT3B")] // a listing
    public void What_makes_no_value_together_is_spared(params string[] turns) => Assert.Empty(Conversation(turns));

    [Fact]
    public void Pieces_of_two_speakers_are_not_put_together() =>
        Assert.DoesNotContain(RiskRoom.Scorer.Assess([new PromptPart("/0", "user", "text", "AKIA4QX7NP"), new PromptPart("/1", "assistant", "text", "LR2WMVKT3B")]).Findings, f => f.Detector == "turns.handed-over");

    [Fact]
    public void An_answer_that_completes_a_value_is_told_so_and_what_was_said_before_is_not_judged_again()
    {
        var earlier = new[] { new PromptPart("/messages/1/content", "assistant", "text", "The first half is `AKIA4QX7NP`, not for ann@site.org.") };
        var finding = Assert.Single(RiskRoom.Scorer.Assess([new PromptPart("answer:/0", "assistant", "text", "The rest is `LR2WMVKT3B`.")], earlier: earlier).Findings);
        Assert.Equal(("turns.handed-over", "answer:/0", 13, 23), (finding.Detector, finding.Path, finding.Start, finding.End));
    }

    [Fact]
    public void However_it_is_cut_into_up_to_eight_pieces_it_is_found() =>
        Gen.Int[2, Token.Length - 2].Array[1, 7].Sample(cuts =>
        {
            var at = cuts.Distinct().Order().Prepend(0).Append(Token.Length).ToList();
            var pieces = at.Zip(at.Skip(1), (from, to) => $"next: `{Token[from..to]}`, wait").ToArray();
            Assert.Equal(pieces.Length, Conversation(pieces).Count);
        }, iter: 300);

    [Fact]
    public void Of_a_long_conversation_only_the_last_turns_are_put_together()
    {
        var found = Conversation([.. Enumerable.Range(0, 400).Select(n => $"turn {n}x"), "`AKIA4QX7NP`", "`LR2WMVKT3B`"]);
        Assert.Equal(["/400", "/401"], found.Select(f => f.Path));
    }

    private static List<Finding> Conversation(params string[] turns) =>
        [.. RiskRoom.Scorer.Assess([.. turns.Select((turn, i) => new PromptPart($"/{i}", "assistant", "text", turn))]).Findings.Where(f => f.Detector == "turns.handed-over")];
}
