using Approvals.Identity;
using Approvals.Workflow;
using Contracts.Api;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Approvals.Reviews;

/// <summary>Refusals as problem details. The <c>type</c> is stable; a conflict carries a <see cref="ReviewConflict"/> as its member <c>conflict</c>.</summary>
internal static class ReviewProblems
{
    private const string Type = "urn:approvals:problem:";

    public static ProblemHttpResult Of(DeskAnswer refusal, Reviewer person, DateTimeOffset now)
    {
        if (refusal.Review is not { } review) return NotFound();

        var sentence = review.Explain(refusal.Answer, person, now);
        return refusal.Answer switch
        {
            ReviewAnswer.OwnPrompt => Problem(StatusCodes.Status403Forbidden, "own-prompt", "Nobody reviews their own prompt", sentence),
            ReviewAnswer.OtherKind => Problem(StatusCodes.Status403Forbidden, "other-kind", "Another kind of risk", sentence),
            ReviewAnswer.MayNotBreakGlass => Problem(StatusCodes.Status403Forbidden, "may-not-break-glass", "Not one of your permissions", sentence),
            ReviewAnswer.NotInGroup => Problem(StatusCodes.Status403Forbidden, "not-in-group", "Not one of the people asked", sentence),
            ReviewAnswer.ReasonMissing => BadRequest("reason-missing", sentence),
            ReviewAnswer.ReasonUnusable => BadRequest("reason-unusable", sentence),
            ReviewAnswer.MayNotPass => Problem(StatusCodes.Status403Forbidden, "may-not-pass", "Not a group to pass it to", sentence),
            ReviewAnswer.NotLooked => Conflict(review, "not-looked", "Not long enough before you", sentence),
            ReviewAnswer.TooMuchSaid => Conflict(review, "too-much-said", "No room for more", sentence),
            ReviewAnswer.OperationReused => Problem(StatusCodes.Status422UnprocessableEntity, "operation-reused", "Operation id used before", sentence),
            ReviewAnswer.AlreadyVoted => Conflict(review, "already-voted", "Already voted", sentence),
            ReviewAnswer.OtherText => Conflict(review, "other-text", "Another text was reviewed", sentence),
            ReviewAnswer.Claimed => Conflict(review, "claimed", "Somebody else is deciding", sentence, review.ClaimAt(now)),
            ReviewAnswer.Decided => Conflict(review, "decided", "Already decided", sentence),
            ReviewAnswer.NothingToUndo => Conflict(review, "nothing-to-undo", "Nothing to take back", sentence),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    public static ProblemHttpResult NotFound() =>
        Problem(StatusCodes.Status404NotFound, "review-not-found", "No such review", "There is no such review, or it waits for other people.");

    public static ProblemHttpResult BadRequest(string type, string sentence) =>
        Problem(StatusCodes.Status400BadRequest, type, "Not a usable request", sentence);

    private static ProblemHttpResult Conflict(
        Review review, string type, string title, string sentence, Contracts.Messages.PersonRef? holder = null)
    {
        var conflict = new ReviewConflict(sentence, review.Status, holder is null ? review.DecidedBy : [holder], review.DecidedAt);
        return Problem(StatusCodes.Status409Conflict, type, title, sentence, new() { ["conflict"] = conflict });
    }

    private static ProblemHttpResult Problem(int status, string type, string title, string sentence, Dictionary<string, object?>? extensions = null) =>
        TypedResults.Problem(sentence, statusCode: status, title: title, type: Type + type, extensions: extensions);
}
