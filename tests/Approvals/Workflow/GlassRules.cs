using Approvals.Tests.Support;
using Approvals.Workflow;
using Contracts;
using Contracts.Messages;

namespace Approvals.Tests.Workflow;

/// <summary>One person releases alone: the one exception to quorum, and no vote.</summary>
public sealed class GlassRules
{
    private const string Why = "Production is down, nobody answers.";
    private static readonly DateTimeOffset Now = Given.Start.AddMinutes(1);

    private static Review Open(int undoSeconds = 0, params ReviewStage[] stages) =>
        Review.Open(Given.Prompt(stages: stages.Length == 0 ? [Given.Stage(people: 3)] : stages, undoSeconds: undoSeconds), 1, Given.Start);

    [Fact]
    public void Two_hats_two_people_broken_glass_is_the_one_exception_and_never_counted_as_a_vote()
    {
        var review = Open(0, Given.Stage(people: 3), Given.Stage("security", people: 2));
        review.Cast(Given.Person("ann"), true, null, Given.Digest, Now);

        Assert.Equal(ReviewAnswer.Accepted, review.BreakGlass(Given.Emergency(), Why, Given.Digest, Now));

        Assert.Equal((ApprovalStatus.Releasing, 0), (review.Status, review.Stage));
        Assert.Equal((1, 1), (review.Votes.Count, review.ApprovalsIn(0)));
        Assert.Equal(["eve"], review.DecidedBy.Select(person => person.Subject));
        Assert.Equal(new BrokenGlass(new PersonRef("eve", "eve"), Why, Now), review.Glass);
    }

    [Fact]
    public void It_needs_none_of_the_groups_and_waits_for_nobodys_claim()
    {
        var review = Open();
        review.Claim(Given.Person("ann"), TimeSpan.FromMinutes(2), Now);

        Assert.True(review.IsVisibleTo(Given.Emergency()));
        Assert.True(review.Detail(Given.Emergency(), Now).MayBreakGlass);
        Assert.Equal(ReviewAnswer.Accepted, review.BreakGlass(Given.Emergency(), Why, Given.Digest, Now));
    }

    [Fact]
    public void Somebody_whose_yes_counts_already_may_still_break_it()
    {
        var review = Open();
        var ann = Given.Person("ann") with { BreaksGlass = true };
        review.Cast(ann, true, null, Given.Digest, Now);

        Assert.Equal(ReviewAnswer.Accepted, review.BreakGlass(ann, Why, Given.Digest, Now));
        Assert.Equal(1, review.ApprovalsIn(0));
    }

    [Fact]
    public void A_reviewer_without_the_permission_may_not()
    {
        var review = Open();

        Assert.False(review.Detail(Given.Person("ann"), Now).MayBreakGlass);
        Assert.Equal(ReviewAnswer.MayNotBreakGlass, review.BreakGlass(Given.Person("ann"), Why, Given.Digest, Now));
        Assert.Equal(ApprovalStatus.Pending, review.Status);
    }

    [Fact]
    public void The_permission_alone_is_no_right_to_vote()
    {
        var review = Open();

        Assert.Equal(ReviewAnswer.NotInGroup, review.Cast(Given.Emergency(), true, null, Given.Digest, Now));
    }

    [Fact]
    public void Two_hats_two_people_nobody_breaks_the_glass_for_themself()
    {
        var review = Open();

        Assert.Equal(ReviewAnswer.OwnPrompt, review.BreakGlass(Given.Emergency("carol"), Why, Given.Digest, Now));
        Assert.False(review.Detail(Given.Emergency("carol"), Now).MayBreakGlass);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("too short")]
    [InlineData("   short    ")]
    public void Without_a_reason_that_says_something_nothing_is_released(string? reason)
    {
        var review = Open();

        Assert.Equal(ReviewAnswer.ReasonUnusable, review.BreakGlass(Given.Emergency(), reason, Given.Digest, Now));
        Assert.Equal((ApprovalStatus.Pending, null), (review.Status, review.Glass));
    }

    [Fact]
    public void A_reason_has_an_end() =>
        Assert.Equal(ReviewAnswer.ReasonUnusable, Open().BreakGlass(Given.Emergency(), new string('x', 2_001), Given.Digest, Now));

    [Fact]
    public void What_was_reviewed_is_what_is_released_alone_too() =>
        Assert.Equal(ReviewAnswer.OtherText, Open().BreakGlass(Given.Emergency(), Why, "another", Now));

    [Fact]
    public void Silence_is_never_a_yes_and_broken_glass_comes_too_late_after_it()
    {
        var review = Open();

        Assert.Equal(ReviewAnswer.Decided, review.BreakGlass(Given.Emergency(), Why, Given.Digest, Given.Start.AddMinutes(10)));
        Assert.Equal((ApprovalStatus.Pending, null), (review.Status, review.Glass));
    }

    [Fact]
    public void What_was_rejected_stays_rejected()
    {
        var review = Open();
        review.Cast(Given.Person("ann"), false, "No.", Given.Digest, Now);

        Assert.Equal(ReviewAnswer.Decided, review.BreakGlass(Given.Emergency(), Why, Given.Digest, Now));
        Assert.Equal((ApprovalStatus.Rejected, null), (review.Status, review.Glass));
    }

    [Fact]
    public void The_undo_window_applies_and_both_the_group_and_who_broke_it_may_stop_it()
    {
        foreach (var stopper in new[] { Given.Person("ann"), Given.Emergency() })
        {
            var review = Open(undoSeconds: 30);
            review.BreakGlass(Given.Emergency(), Why, Given.Digest, Now);
            Assert.Equal((ApprovalStatus.Approved, Now.AddSeconds(30)), (review.Status, review.DueAt));
            Assert.Equal(ReviewAnswer.NotInGroup, review.Undo(Given.Emergency("another"), Now));

            Assert.Equal(ReviewAnswer.Accepted, review.Undo(stopper, Now.AddSeconds(29)));

            Assert.Equal((ApprovalStatus.Revoked, "eve"), (review.Status, review.Summary(Now).BrokeGlass?.Subject));
        }
    }

    [Fact]
    public void Its_reason_is_for_the_trail_and_the_console_and_is_not_sent_to_the_caller()
    {
        var review = Open();
        review.BreakGlass(Given.Emergency(), Why, Given.Digest, Now);

        Assert.Equal((ApprovalStatus.Releasing, null), (review.Decision().Outcome, review.Decision().Reason));
        Assert.Equal(Why, review.Detail(Given.Person("ann"), Now).Glass?.Reason);
    }
}
