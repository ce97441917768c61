using System.Security.Claims;
using System.Text.Json.Nodes;
using Approvals.Identity;
using Approvals.Notifications.Surfaces;
using Approvals.Workflow;
using Contracts;
using Contracts.Api;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;
using Shared;

namespace Approvals.Notifications.Buttons;

/// <param name="Counted">It was a vote.</param>
/// <param name="Message">What Slack is to show.</param>
internal sealed record ClickAnswer(bool Counted, JsonObject Message);

/// <summary>
/// Decides with a click what its person may decide in the console right now, by the same policy and at the same desk: the
/// rights are those of their own session there, and end with it.
/// </summary>
internal sealed class ClickDesk(Sessions sessions, ReviewDesk desk, IServiceScopeFactory scopes, IOptions<NotificationsOptions> options, TimeProvider clock)
{
    private const string Remark = "through Slack";
    private const string Unknown = "Your Slack user stands for nobody here, so nothing was decided.";
    private const string SessionEnded = "Open the review and sign in; your console session has ended.";
    private const string SignInAgain = "This needs a fresh sign-in: open the review, sign in again and decide there.";
    private const string NotAllowed = "Deciding is not one of your permissions.";
    private const string NoSuchReview = "There is no such review, or it waits for other people.";

    private string Console => options.Value.ConsoleUrl!; // the rules ask for it

    public async Task<ClickAnswer> AnswerAsync(Channel from, SlackClick click, Marked marked, CancellationToken ct)
    {
        if (from.Buttons?.SubjectOf(click.User) is not { } subject) return Refuse(marked, Unknown);
        if (await sessions.FindAsync(subject, ct) is not { } person) return Refuse(marked, SessionEnded);
        if (await RefusalOfAsync(person) is { } refusal) return Refuse(marked, refusal);

        var reviewer = Reviewer.Of(person);
        var vote = new CastVote
        {
            OperationId = OperationOf(from, click), Approve = click.Cause is null, Digest = marked.Digest, Cause = click.Cause,
            Reason = click.Cause is { } cause ? CauseWords.Of(cause) : null,
        };
        var answer = await desk.VoteAsync(marked.ReviewId, reviewer, vote, ct, Remark);
        return answer is { Review: { } review } ? Tell(from, marked, review, answer.Answer, reviewer) : Refuse(marked, NoSuchReview);
    }

    /// <summary>Of a click that broke on the way.</summary>
    public JsonObject NotNow(Marked marked) => Whisper(marked, "That could not be done now. Try again, or open the review and decide there.");

    /// <summary>As the door of the API decides, of which a click is no other.</summary>
    private async Task<string?> RefusalOfAsync(ClaimsPrincipal person)
    {
        await using var scope = scopes.CreateAsyncScope();
        var allowed = await scope.ServiceProvider.GetRequiredService<IAuthorizationService>().AuthorizeAsync(person, null, ReviewPolicies.Decide);
        if (allowed.Succeeded) return null;
        var reasons = allowed.Failure.FailureReasons.Select(reason => reason.Message).ToList();
        return reasons.Contains(PersonAnswers.SessionOver) ? SessionEnded : reasons.Contains(PersonAnswers.FreshSignInNeeded) ? SignInAgain : NotAllowed;
    }

    private ClickAnswer Tell(Channel from, Marked marked, Review review, ReviewAnswer answer, Reviewer person)
    {
        var now = clock.GetUtcNow();
        if (answer != ReviewAnswer.Accepted) return Refuse(marked, review.Explain(answer, person, now));
        if (review.Status == ApprovalStatus.Pending) return new ClickAnswer(true, Whisper(marked, "Your yes counts; it needs somebody else's as well."));
        return OutcomeOf(review) is { } outcome
            ? new ClickAnswer(true, SlackBlocks.Decided(NoticeLine.Of(review, NoticeKind.Waits, from, Console, now), outcome))
            : new ClickAnswer(true, Whisper(marked, review.Explain(ReviewAnswer.Decided, person, now)));
    }

    /// <summary>Null for what became of it otherwise since.</summary>
    private static string? OutcomeOf(Review review)
    {
        var people = string.Join(", ", review.DecidedBy.Select(person => person.Name));
        return review.Status switch
        {
            ApprovalStatus.Approved => $"Released by {people}; it can be taken back until {review.DueAt:HH:mm:ss} UTC",
            ApprovalStatus.Releasing or ApprovalStatus.Completed or ApprovalStatus.Failed => $"Released by {people}",
            ApprovalStatus.Rejected => $"Rejected by {people}: {CauseWords.Of(review.Cause ?? RejectCause.Other)}",
            _ => null,
        };
    }

    private ClickAnswer Refuse(Marked marked, string sentence) => new(false, Whisper(marked, sentence));

    private JsonObject Whisper(Marked marked, string sentence) => SlackBlocks.Whisper(sentence, NoticeLine.LinkTo(marked.ReviewId, Console));

    /// <summary>The same click, delivered again, is the same vote.</summary>
    private static Guid OperationOf(Channel from, SlackClick click) =>
        new(Convert.FromHexString(Operation.Hash("slack", from.Name, click.Team, click.User, click.MessageAt, click.ActionAt)).AsSpan(0, 16));
}
