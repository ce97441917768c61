using Approvals.Tests.Support;
using Approvals.Workflow;
using Contracts;
using Contracts.Api;
using Contracts.Messages;

namespace Approvals.Tests.Workflow;

/// <summary>What people do with a review besides voting: change its text, pass it on, ask, and look for long enough.</summary>
public sealed class DeskRules
{
    private const string Other = "edited-digest";
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);
    private static readonly DateTimeOffset Now = Given.Start.AddMinutes(1);

    private static Review Open(params ReviewStage[] stages) => Open(length: 0, stages);

    private static Review Open(int length, params ReviewStage[] stages) =>
        Review.Open(Given.Prompt(stages: stages.Length == 0 ? [Given.Stage(people: 2)] : stages) with { Length = length, Pattern = "p" }, 1, Given.Start);

    private static EditedPrompt Edited(int number = 1, string digest = Other) =>
        new(number, digest, "echo-small", [], "use the key to sign in", new PersonRef("bob", "Bob"), Now);

    [Fact]
    public void What_was_reviewed_is_what_is_released_a_yes_to_the_text_before_an_edit_does_not_count()
    {
        var review = Open();
        review.Cast(Given.Person("ann"), true, null, Given.Digest, Now);

        Assert.True(review.Take(Edited(), Now));

        Assert.Empty(review.Votes);
        Assert.Equal((Other, "echo-small", 1, ""), (review.Digest, review.Model, review.Edition, review.Pattern));
        Assert.Contains("ann", Assert.Single(review.Notes).Says, StringComparison.Ordinal);
        Assert.Equal(ReviewAnswer.OtherText, review.Cast(Given.Person("cem"), true, null, Given.Digest, Now));
        Assert.Equal(ReviewAnswer.Accepted, review.Cast(Given.Person("ann"), true, null, Other, Now));
        Assert.Equal(ApprovalStatus.Pending, review.Status);
        review.Cast(Given.Person("bob"), true, null, Other, Now);
        Assert.Equal((ApprovalStatus.Releasing, Other), (review.Status, review.Decision().Digest));
    }

    [Fact]
    public void An_edit_asks_every_stage_again_and_stretches_no_time()
    {
        var review = Open(Given.Stage(), Given.Stage("security"));
        review.Cast(Given.Person("ann"), true, null, Given.Digest, Now);
        var due = review.DueAt;

        review.Take(Edited(), Now);

        Assert.Equal((0, due), (review.Stage, review.DueAt));
        Assert.Equal(ReviewAnswer.NotInGroup, review.MayVote(Given.Person("sam", "security"), Now));
    }

    [Fact]
    public void An_edit_told_twice_or_after_the_end_changes_nothing()
    {
        var review = Open(Given.Stage());
        Assert.True(review.Take(Edited(2), Now));
        Assert.False(review.Take(Edited(2, "again"), Now));
        Assert.False(review.Take(Edited(1, "older"), Now));
        review.Cast(Given.Person("ann"), false, "No.", Other, Now);

        Assert.False(review.Take(Edited(3, "late"), Now));
        Assert.Equal((ApprovalStatus.Rejected, Other), (review.Status, review.Digest));
        Assert.False(Open().Take(Edited(), Given.Start.AddMinutes(11)), "nobody outruns a deadline");
    }

    [Fact]
    public void A_review_that_is_opened_late_knows_the_edit_at_once()
    {
        var review = Review.Open(Given.Prompt() with { Edited = Edited() }, 1, Given.Start);

        Assert.Equal((Other, 1), (review.Digest, review.Edition));
    }

    [Fact]
    public void It_is_passed_only_to_groups_the_rule_names_and_then_those_decide()
    {
        var review = Open(Given.Stage() with { PassTo = ["legal"] });
        var ann = Given.Person("ann");

        Assert.Equal(["legal"], review.Detail(ann, Now).MayPassTo);
        Assert.Empty(review.Detail(Given.Person("sam", "security"), Now).MayPassTo);
        Assert.False(review.IsVisibleTo(Given.Person("lena", "legal")));
        Assert.Equal(ReviewAnswer.MayNotPass, review.Pass(ann, "friends", "They know.", Now));
        Assert.Equal(ReviewAnswer.ReasonUnusable, review.Pass(ann, "legal", " ", Now));
        Assert.Equal(ReviewAnswer.Accepted, review.Pass(ann, "legal", "A contract is quoted.", Now));

        Assert.Equal(["legal"], review.Stages[0].Groups);
        Assert.Equal(new ReviewNote(ReviewNoteKind.Passed, ann.Ref, Now, "A contract is quoted.", "legal"), Assert.Single(review.Notes));
        var lena = Given.Person("lena", "legal");
        Assert.Equal((ReviewAnswer.NotInGroup, true), (review.MayVote(ann, Now), review.IsVisibleTo(ann)));
        Assert.Equal((ReviewAnswer.Accepted, "reviewers"), (review.MayVote(lena, Now), Assert.Single(review.PassesTo)));
    }

    [Fact]
    public void A_long_prompt_has_to_be_before_somebody_for_a_while_before_they_say_yes()
    {
        var review = Open(length: 4_000, Given.Stage() with { Look = TimeSpan.FromSeconds(20) });
        var ann = Given.Person("ann");

        Assert.Equal(TimeSpan.FromSeconds(8), review.Detail(ann, Now).Look);
        Assert.Equal(ReviewAnswer.NotLooked, review.Cast(ann, true, null, Given.Digest, Now));
        review.Claim(ann, Lease, Now);
        Assert.Equal(ReviewAnswer.NotLooked, review.Cast(ann, true, null, Given.Digest, Now.AddSeconds(7)));
        review.Claim(ann, Lease, Now.AddSeconds(7)); // a heartbeat does not begin anew
        Assert.Equal(ReviewAnswer.Accepted, review.Cast(ann, true, null, Given.Digest, Now.AddSeconds(8)));
    }

    [Fact]
    public void A_no_needs_no_long_look_and_a_megabyte_none_longer_than_the_rule_says()
    {
        var review = Open(length: 1_000_000, Given.Stage() with { Look = TimeSpan.FromSeconds(20) });

        Assert.Equal(TimeSpan.FromSeconds(20), review.Look);
        Assert.Equal(ReviewAnswer.Accepted, review.Cast(Given.Person("ann"), false, "Far too much.", Given.Digest, Now, RejectCause.Confidential));
        Assert.Equal((RejectCause.Confidential, RejectCause.Confidential), (review.Cause, review.Decision().Cause));
    }

    [Fact]
    public void Where_the_stage_says_so_a_yes_needs_a_reason()
    {
        var review = Open(Given.Stage() with { Reason = true });

        Assert.True(review.Detail(Given.Person("ann"), Now).NeedsReason);
        Assert.Equal(ReviewAnswer.ReasonMissing, review.Cast(Given.Person("ann"), true, " ", Given.Digest, Now));
        Assert.Equal(ReviewAnswer.Accepted, review.Cast(Given.Person("ann"), true, "Known test data.", Given.Digest, Now));
    }

    [Fact]
    public void The_caller_is_asked_and_answers_while_the_time_runs_on()
    {
        var review = Open();
        var due = review.DueAt;

        Assert.Equal(ReviewAnswer.ReasonUnusable, review.Ask(Given.Person("ann"), "?", Now));
        Assert.Equal(ReviewAnswer.Accepted, review.Ask(Given.Person("ann"), "What is it for?", Now));
        Assert.True(review.Answered(Now.AddMinutes(1)));
        Assert.False(review.Answered(Now.AddMinutes(1)), "told twice");

        Assert.Equal([ReviewNoteKind.Asked, ReviewNoteKind.Answered], review.Notes.Select(note => note.Kind));
        Assert.Equal(due, review.DueAt);
    }

    [Fact]
    public void Nobody_asks_without_end()
    {
        var review = Open();
        for (var i = 0; i < 50; i++) Assert.Equal(ReviewAnswer.Accepted, review.Ask(Given.Person("ann"), "What is it for?", Now));

        Assert.Equal(ReviewAnswer.TooMuchSaid, review.Ask(Given.Person("ann"), "What is it for?", Now));
        Assert.False(review.Answered(Now));
        Assert.True(review.Take(Edited(), Now), "what makes it safer is never too much");
    }

    [Fact]
    public void Others_see_who_reads_and_who_writes_and_since_when()
    {
        var review = Open();
        review.Claim(Given.Person("ann"), Lease, Now);
        Assert.Equal((Now, false), (review.Summary(Now).Claim!.Since, review.Summary(Now).Claim!.Writing));

        review.Claim(Given.Person("ann"), Lease, Now.AddSeconds(9), writing: true);

        Assert.Equal((Now, true), (review.Summary(Now).Claim!.Since, review.Summary(Now).Claim!.Writing));
        review.LetGo(Given.Person("ann"));
        Assert.Null(review.Summary(Now).Claim);
    }
}
