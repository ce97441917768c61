using Approvals.Tests.Support;
using Approvals.Workflow;
using Contracts;
using Contracts.Messages;

namespace Approvals.Tests.Workflow;

public sealed class ReviewRules
{
    private static readonly DateTimeOffset Now = Given.Start.AddMinutes(1);
    private static readonly DateTimeOffset Late = Given.Start.AddMinutes(10);

    private static Review Open(params ReviewStage[] stages) => Open(0, stages);

    private static Review Open(int undoSeconds, params ReviewStage[] stages) =>
        Review.Open(Given.Prompt(stages: stages.Length == 0 ? null : stages, undoSeconds: undoSeconds), 1, Given.Start);

    private static ReviewAnswer Yes(Review review, string person, string group = "reviewers", DateTimeOffset? at = null) =>
        review.Cast(Given.Person(person, group.Split(',')), true, null, Given.Digest, at ?? Now);

    private static ReviewAnswer No(Review review, string person, string? reason = "No.") =>
        review.Cast(Given.Person(person), false, reason, Given.Digest, Now);

    [Fact]
    public void A_new_review_waits_and_knows_until_when()
    {
        var review = Open();

        Assert.Equal((ApprovalStatus.Pending, Late, null), (review.Status, review.DueAt, review.DecidedAt));
    }

    [Fact]
    public void A_yes_without_an_undo_window_releases_at_once()
    {
        var review = Open();

        Assert.Equal(ReviewAnswer.Accepted, Yes(review, "ann"));
        Assert.Equal((ApprovalStatus.Releasing, null, Now), (review.Status, review.DueAt, review.DecidedAt));
        Assert.Equal(["ann"], review.DecidedBy.Select(person => person.Subject));
    }

    [Fact]
    public void A_yes_with_an_undo_window_is_held_until_the_window_has_passed()
    {
        var review = Open(30);
        Yes(review, "ann");
        Assert.Equal((ApprovalStatus.Approved, Now.AddSeconds(30)), (review.Status, review.DueAt));

        review.Elapse(Now.AddSeconds(29.9));
        Assert.Equal(ApprovalStatus.Approved, review.Status);

        review.Elapse(Now.AddSeconds(30));
        Assert.Equal((ApprovalStatus.Releasing, Now), (review.Status, review.DecidedAt));
    }

    [Fact]
    public void One_no_decides_and_keeps_its_reason()
    {
        var review = Open(Given.Stage(people: 3));
        Yes(review, "ann");

        Assert.Equal(ReviewAnswer.Accepted, No(review, "ben", "A live key."));
        Assert.Equal((ApprovalStatus.Rejected, "A live key."), (review.Status, review.Reason));
        Assert.Equal(["ben"], review.DecidedBy.Select(person => person.Subject));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("   ")]
    public void A_no_without_a_reason_is_no_answer(string? reason)
    {
        var review = Open();

        Assert.Equal(ReviewAnswer.ReasonMissing, No(review, "ann", reason));
        Assert.Equal((ApprovalStatus.Pending, 0), (review.Status, review.Votes.Count));
    }

    [Fact]
    public void Two_hats_two_people_one_person_in_both_groups_counts_once()
    {
        var review = Open(Given.Stage("reviewers,security", people: 2));

        Assert.Equal(ReviewAnswer.Accepted, Yes(review, "ann", "reviewers,security"));
        Assert.Equal(ReviewAnswer.AlreadyVoted, Yes(review, "ann", "security"));
        Assert.Equal((ApprovalStatus.Pending, 1), (review.Status, review.ApprovalsIn(0)));

        Yes(review, "ben", "security");
        Assert.Equal(ApprovalStatus.Releasing, review.Status);
        Assert.Equal(["ann", "ben"], review.DecidedBy.Select(person => person.Subject));
    }

    [Fact]
    public void Two_hats_two_people_nobody_reviews_their_own_prompt()
    {
        var review = Open(60);

        Assert.Equal(ReviewAnswer.OwnPrompt, Yes(review, "carol"));
        Assert.Equal(ReviewAnswer.OwnPrompt, No(review, "carol"));
        Assert.Equal(ReviewAnswer.OwnPrompt, review.Claim(Given.Person("carol"), TimeSpan.FromMinutes(2), Now));
        Assert.Equal(ReviewAnswer.OwnPrompt, review.Undo(Given.Person("carol"), Now));
        Assert.Equal(ApprovalStatus.Pending, review.Status);
    }

    [Fact]
    public void Reading_everything_is_no_right_to_vote()
    {
        var review = Open();
        var admin = Given.Person("admin", "admins") with { ReadsAll = true };

        Assert.True(review.IsVisibleTo(admin));
        Assert.Equal(ReviewAnswer.NotInGroup, review.Cast(admin, true, null, Given.Digest, Now));
    }

    [Fact]
    public void What_was_reviewed_is_what_is_released_another_digest_does_not_count()
    {
        var review = Open();

        Assert.Equal(ReviewAnswer.OtherText, review.Cast(Given.Person("ann"), true, null, "another", Now));
        Assert.Equal(ApprovalStatus.Pending, review.Status);
        Yes(review, "ann");
        Assert.Equal(Given.Digest, review.Decision().Digest);
    }

    [Fact]
    public void Silence_is_never_a_yes_the_last_deadline_expires()
    {
        var review = Open(Given.Stage(people: 2));
        Yes(review, "ann");

        review.Elapse(Late.AddTicks(-1));
        Assert.Equal(ApprovalStatus.Pending, review.Status);

        review.Elapse(Late);
        Assert.Equal(ApprovalStatus.Expired, review.Status);
        Assert.Empty(review.DecidedBy);
    }

    [Fact]
    public void Silence_is_never_a_yes_even_where_no_poller_has_come_by()
    {
        var review = Open();

        Assert.Equal(ReviewAnswer.Decided, Yes(review, "ann", at: Late));
        Assert.NotEqual(ApprovalStatus.Releasing, review.Status);
    }

    [Fact]
    public void Silence_is_never_a_yes_for_a_prompt_that_arrives_after_its_deadline()
    {
        var review = Review.Open(Given.Prompt(), 1, Late);

        Assert.Equal(ApprovalStatus.Expired, review.Status);
    }

    [Fact]
    public void Silence_may_call_other_people_but_their_yes_is_still_needed()
    {
        var review = Open(Given.Stage("team", then: OnDeadline.NextStage), Given.Stage("leads", minutes: 20));

        review.Elapse(Late);
        Assert.Equal((ApprovalStatus.Pending, 1, Late.AddMinutes(20)), (review.Status, review.Stage, review.DueAt));
        Assert.Equal(ReviewAnswer.NotInGroup, Yes(review, "ann", "team", Late));
        Assert.Equal(ReviewAnswer.Accepted, Yes(review, "lee", "leads", Late));
        Assert.Equal(ApprovalStatus.Releasing, review.Status);
    }

    [Fact]
    public void A_stage_that_others_may_stand_in_for_decides_alone_when_it_does_not_stay_silent()
    {
        var review = Open(Given.Stage("team", then: OnDeadline.NextStage), Given.Stage("leads"));

        Yes(review, "ann", "team");

        Assert.Equal(ApprovalStatus.Releasing, review.Status);
    }

    [Fact]
    public void Stages_that_nobody_may_stand_in_for_are_all_needed_from_distinct_people()
    {
        var review = Open(Given.Stage("team"), Given.Stage("team,security"));

        Yes(review, "ann", "team");
        Assert.Equal((ApprovalStatus.Pending, 1), (review.Status, review.Stage));
        Assert.Equal(ReviewAnswer.AlreadyVoted, Yes(review, "ann", "team,security"));

        Yes(review, "sam", "security");
        Assert.Equal(ApprovalStatus.Releasing, review.Status);
        Assert.Equal(["ann", "sam"], review.DecidedBy.Select(person => person.Subject));
    }

    [Fact]
    public void An_approval_is_taken_back_by_anybody_asked_while_the_window_is_open()
    {
        var review = Open(30);
        Assert.Equal(ReviewAnswer.NothingToUndo, review.Undo(Given.Person("ben"), Now));
        Yes(review, "ann");

        Assert.Equal(ReviewAnswer.NotInGroup, review.Undo(Given.Person("eve", "strangers"), Now));
        Assert.Equal(ReviewAnswer.Accepted, review.Undo(Given.Person("ben"), Now.AddSeconds(29)));
        Assert.Equal(ApprovalStatus.Revoked, review.Status);
        Assert.Equal(["ben"], review.DecidedBy.Select(person => person.Subject));
    }

    [Fact]
    public void An_approval_is_not_taken_back_after_the_window()
    {
        var review = Open(30);
        Yes(review, "ann");

        Assert.Equal(ReviewAnswer.Decided, review.Undo(Given.Person("ann"), Now.AddSeconds(30)));
    }

    [Fact]
    public void The_caller_takes_a_prompt_back_until_the_yes_is_final()
    {
        var held = Open(30);
        Yes(held, "ann");
        held.Cancel(Now);
        Assert.Equal(ApprovalStatus.Cancelled, held.Status);

        var final = Open();
        Yes(final, "ann");
        final.Cancel(Now);
        Assert.Equal(ApprovalStatus.Releasing, final.Status);
    }

    [Fact]
    public void Only_a_release_is_settled_and_only_once()
    {
        var review = Open();
        Assert.False(review.Settle(ApprovalStatus.Completed, Now));
        Yes(review, "ann");

        Assert.False(review.Settle(ApprovalStatus.Rejected, Now));
        Assert.True(review.Settle(ApprovalStatus.Failed, Now));
        Assert.False(review.Settle(ApprovalStatus.Completed, Now));
        Assert.Equal((ApprovalStatus.Failed, ApprovalStatus.Releasing), (review.Status, review.Decision().Outcome));
    }

    [Fact]
    public void A_claim_keeps_others_from_deciding_until_it_ends_or_is_let_go()
    {
        var review = Open(Given.Stage(people: 2));
        var lease = TimeSpan.FromMinutes(2);
        var (ann, ben) = (Given.Person("ann"), Given.Person("ben"));

        Assert.Equal(ReviewAnswer.Accepted, review.Claim(ann, lease, Now));
        Assert.Equal(ReviewAnswer.Renewed, review.Claim(ann, lease, Now.AddMinutes(1)));
        Assert.Equal(ReviewAnswer.Claimed, review.Claim(ben, lease, Now.AddMinutes(2.5)));
        Assert.Equal(ReviewAnswer.Claimed, Yes(review, "ben", at: Now.AddMinutes(2.5)));

        review.LetGo(ben);
        Assert.Equal("ann", review.ClaimAt(Now.AddMinutes(2.5))?.Subject);
        Assert.Equal(ReviewAnswer.Accepted, review.Claim(ben, lease, Now.AddMinutes(3)));
        review.LetGo(ben);
        Assert.Equal(ReviewAnswer.Accepted, Yes(review, "ann", at: Now.AddMinutes(3)));
    }

    [Fact]
    public void A_vote_lets_go_of_the_voters_claim()
    {
        var review = Open(Given.Stage(people: 2));
        review.Claim(Given.Person("ann"), TimeSpan.FromMinutes(2), Now);
        Yes(review, "ann");

        Assert.Null(review.ClaimAt(Now));
        Assert.Equal(ReviewAnswer.Accepted, Yes(review, "ben"));
    }

    [Fact]
    public void A_prompt_that_nobody_could_decide_is_not_opened()
    {
        Assert.Throws<ArgumentException>(() => Review.Open(Given.Prompt(stages: []), 1, Now));
        Assert.Throws<ArgumentException>(() => Open(Given.Stage(people: 0)));
        Assert.Throws<ArgumentException>(() => Open(Given.Stage(minutes: 0)));
        Assert.Throws<ArgumentException>(() => Open(Given.Stage() with { Groups = [] }));
        Assert.Throws<ArgumentException>(() => Open(-1, Given.Stage()));
    }
}
