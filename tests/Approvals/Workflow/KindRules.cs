using Approvals.Identity;
using Approvals.Tests.Support;
using Approvals.Workflow;
using Contracts;

namespace Approvals.Tests.Workflow;

/// <summary>Somebody who may decide about one kind of risk decides about prompts that hold this kind and nothing else.</summary>
public sealed class KindRules
{
    private static readonly DateTimeOffset Now = Given.Start.AddMinutes(1);
    private static readonly Reviewer OfAttacks = Given.Person("ann") with { Kinds = ReviewKinds.Only(RiskCategory.Attack) };

    private static Review Holding(params Finding[] findings) => Review.Open(Given.Prompt(findings: findings), 1, Given.Start);

    private static Finding Of(RiskCategory kind, double confidence = 0.9) => Given.Finding(kind, confidence);

    [Fact]
    public void A_prompt_of_their_kind_is_theirs_to_decide()
    {
        var review = Holding(Of(RiskCategory.Attack), Of(RiskCategory.Attack, 0.6));

        Assert.Equal(ReviewAnswer.Accepted, review.Cast(OfAttacks, true, null, Given.Digest, Now));
        Assert.Equal(ApprovalStatus.Releasing, review.Status);
    }

    [Fact]
    public void What_is_hardly_likely_makes_no_kind() =>
        Assert.Equal(ReviewAnswer.Accepted, Holding(Of(RiskCategory.Attack, 0.5), Of(RiskCategory.Secret, 0.49)).MayVote(OfAttacks, Now));

    public static TheoryData<string, string> NotTheirs => new()
    {
        { "Secret", "This prompt holds secrets; you decide about attacks." },
        { "Attack,Secret", "This prompt holds secrets and attacks; you decide about attacks." },
        { "Code,Personal,Secret", "This prompt holds secrets, personal data and code; you decide about attacks." },
        { "Attack,Fault", "This prompt could not be looked through; you decide about attacks." },
        { "", "It is not certain of which kind this prompt is; you decide about attacks." },
        { "99", "This prompt holds what could not be looked through; you decide about attacks." },
    };

    [Theory]
    [MemberData(nameof(NotTheirs))]
    public void Another_kind_or_none_or_a_fault_needs_somebody_for_all_kinds(string kinds, string sentence)
    {
        var findings = kinds.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(kind => Of(Enum.Parse<RiskCategory>(kind))).ToArray();
        var review = Holding(findings);

        Assert.Equal(ReviewAnswer.OtherKind, review.Cast(OfAttacks, true, null, Given.Digest, Now));
        Assert.Equal(ReviewAnswer.OtherKind, review.Cast(OfAttacks, false, "No.", Given.Digest, Now));
        Assert.Equal(ReviewAnswer.OtherKind, review.Claim(OfAttacks, TimeSpan.FromMinutes(2), Now));
        Assert.Equal((ApprovalStatus.Pending, 0), (review.Status, review.Votes.Count));
        Assert.Equal(sentence, review.Detail(OfAttacks, Now).MayNotVote);
        Assert.True(review.IsVisibleTo(OfAttacks));
        Assert.Equal(ReviewAnswer.Accepted, review.Cast(Given.Person("ben"), true, null, Given.Digest, Now));
    }

    [Fact]
    public void A_fault_counts_however_unsure_it_is_of_itself() =>
        Assert.Equal(ReviewAnswer.OtherKind, Holding(Of(RiskCategory.Attack), Of(RiskCategory.Fault, 0.1)).MayVote(OfAttacks, Now));

    [Fact]
    public void How_a_caller_calls_makes_no_kind() =>
        Assert.Equal(ReviewAnswer.Accepted, Holding(Of(RiskCategory.Attack), Of(RiskCategory.Unusual)).MayVote(OfAttacks, Now));

    [Fact]
    public void Findings_that_are_all_hardly_likely_are_of_no_kind() =>
        Assert.Equal(ReviewAnswer.OtherKind, Holding(Of(RiskCategory.Attack, 0.4)).MayVote(OfAttacks, Now));

    [Fact]
    public void Two_kinds_cover_a_prompt_of_both()
    {
        var both = OfAttacks with { Kinds = ReviewKinds.Only(RiskCategory.Attack, RiskCategory.Secret) };

        Assert.Equal(ReviewAnswer.Accepted, Holding(Of(RiskCategory.Attack), Of(RiskCategory.Secret)).MayVote(both, Now));
    }

    [Fact]
    public void Who_may_only_read_is_told_so()
    {
        var reader = OfAttacks with { Kinds = ReviewKinds.Only(), ReadsAll = true };

        Assert.Equal("You may read this, not decide about it.", Holding(Of(RiskCategory.Attack)).Detail(reader, Now).MayNotVote);
    }

    [Fact]
    public void A_yes_is_taken_back_by_anybody_of_the_stages_whatever_their_kinds()
    {
        var review = Review.Open(Given.Prompt(undoSeconds: 30), 1, Given.Start);
        review.Cast(Given.Person("ben"), true, null, Given.Digest, Now);

        Assert.Equal(ReviewAnswer.Accepted, review.Undo(OfAttacks, Now));
    }

    [Theory]
    [InlineData("olga", "ken")]
    [InlineData("ken", "olga")] // who issued the key has seen it, and may have kept it
    public void Two_hats_two_people_who_answers_for_a_caller_decides_as_little_as_the_caller(string owner, string issuedBy)
    {
        var review = Review.Open(Given.Prompt(owner: owner, issuedBy: issuedBy, undoSeconds: 60), 1, Given.Start);
        var olga = Given.Person("olga") with { BreaksGlass = true };

        Assert.Equal(ReviewAnswer.OwnPrompt, review.Cast(olga, true, null, Given.Digest, Now));
        Assert.Equal(ReviewAnswer.OwnPrompt, review.Cast(olga, false, "No.", Given.Digest, Now));
        Assert.Equal(ReviewAnswer.OwnPrompt, review.Claim(olga, TimeSpan.FromMinutes(2), Now));
        Assert.Equal(ReviewAnswer.OwnPrompt, review.Undo(olga, Now));
        Assert.Equal(ReviewAnswer.OwnPrompt, review.BreakGlass(olga, "Nobody else is there.", Given.Digest, Now));
        Assert.Equal("You answer for this caller: somebody else decides about its prompts.", review.Detail(olga, Now).MayNotVote);
        Assert.Equal(ApprovalStatus.Pending, review.Status);
    }
}
