using Contracts.Messages;

namespace Contracts.Api;

/// <summary>Everything about one review but the prompt's text, which the gateway gives out.</summary>
public sealed record ReviewDetail
{
    public required ReviewSummary Summary { get; init; }

    /// <summary>What a vote must name: the digest of the text the reviewer saw.</summary>
    public required string Digest { get; init; }
    public required string PolicyVersion { get; init; }
    public required IReadOnlyList<Finding> Findings { get; init; }
    public required IReadOnlyList<ReviewStage> Stages { get; init; }
    public required IReadOnlyList<VoteView> Votes { get; init; }

    /// <summary>Why the signed-in person may not vote now; null when they may.</summary>
    public string? MayNotVote { get; init; }

    /// <summary>The outcome's reason in the reviewer's words, if any.</summary>
    public string? Reason { get; init; }

    /// <summary>The signed-in person may release this alone, for a reason.</summary>
    public bool MayBreakGlass { get; init; }

    /// <summary>Who did, and why. No vote; stays when the release was taken back.</summary>
    public GlassView? Glass { get; init; }

    /// <summary>A yes needs a reason too.</summary>
    public bool NeedsReason { get; init; }

    /// <summary>How long the prompt must be looked at before a yes, from the start of one's claim; zero for a short one.</summary>
    public TimeSpan Look { get; init; }

    /// <summary>Groups the signed-in person may pass it on to.</summary>
    public IReadOnlyList<string> MayPassTo { get; init; } = [];

    /// <summary>How often its text was changed by people; the digest is the last one's.</summary>
    public int Edition { get; init; }

    /// <summary>What people did besides voting, oldest first.</summary>
    public IReadOnlyList<ReviewNote> Notes { get; init; } = [];

    /// <summary>Set where this was a known case, once the signed-in person has answered it or it has ended.</summary>
    public KnownResult? Known { get; init; }
}

/// <param name="Right">Whether the signed-in person's own answer was right; null where they gave none, or it measures nobody: people changed the text, or they wrote the case.</param>
public sealed record KnownResult(KnownAnswer Expected, string Why, bool? Right);

/// <summary>What there was before that is like a review: of what the signed-in person may see, newest first.</summary>
/// <param name="OfCaller">The caller's latest others, at most 10.</param>
/// <param name="Alike">Decided ones of the same pattern, or else of the same rule and caller; at most 10.</param>
/// <param name="SamePattern">Whether <paramref name="Alike"/> are of the same pattern.</param>
public sealed record ReviewContext(IReadOnlyList<ReviewSummary> OfCaller, IReadOnlyList<ReviewSummary> Alike, bool SamePattern);

/// <summary>Something that happened to a review on the way to its decision.</summary>
/// <param name="Person">Who did it; null for the caller.</param>
/// <param name="Says">The reason, the question, or null.</param>
/// <param name="Group">To which it was passed.</param>
public sealed record ReviewNote(ReviewNoteKind Kind, PersonRef? Person, DateTimeOffset At, string? Says = null, string? Group = null);

public enum ReviewNoteKind
{
    Passed,

    /// <summary>Another text waits now; yeses to the one before do not count.</summary>
    Edited,

    /// <summary>The caller was asked something.</summary>
    Asked,

    /// <summary>The caller has answered; the gateway has the words.</summary>
    Answered,
}

public sealed record GlassView(PersonRef Person, string Reason, DateTimeOffset At);

public sealed record VoteView(PersonRef Person, bool Approve, string? Reason, int Stage, DateTimeOffset At, RejectCause? Cause = null);

/// <summary>A page of reviews, newest sequence last seen included, so that a client can go on from there.</summary>
/// <param name="Next">Opaque cursor of the next page; null on the last.</param>
/// <param name="Sequence">Highest sequence at the time of the answer.</param>
public sealed record ReviewPage(IReadOnlyList<ReviewSummary> Items, string? Next, long Sequence, int Pending);

/// <summary>One person's yes or no.</summary>
public sealed record CastVote
{
    /// <summary>Chosen by the client; sent again it gives the same answer and counts once.</summary>
    public required Guid OperationId { get; init; }
    public required bool Approve { get; init; }

    /// <summary>Required to reject, and to approve where the stage says so; at most 2,000 characters.</summary>
    public string? Reason { get; init; }

    /// <summary>What a rejection is about.</summary>
    public RejectCause? Cause { get; init; }

    /// <summary>The digest shown beside the text that was reviewed.</summary>
    public required string Digest { get; init; }
}

/// <summary>One person's release past everybody else who was asked.</summary>
public sealed record BreakGlass
{
    /// <summary>Chosen by the client; sent again it gives the same answer and counts once.</summary>
    public required Guid OperationId { get; init; }

    /// <summary>The digest shown beside the text that was reviewed.</summary>
    public required string Digest { get; init; }

    /// <summary>10 to 2,000 characters; the trail keeps it.</summary>
    public required string Reason { get; init; }
}

/// <summary>Takes or renews the claim.</summary>
/// <param name="Writing">Others see that a reason or an edit is being written, not only that somebody reads.</param>
public sealed record ClaimReview(Guid OperationId, bool Writing = false);

/// <summary>Hands a review to another group, whose people then decide in place of this stage's.</summary>
/// <param name="Group">One of <see cref="ReviewDetail.MayPassTo"/>.</param>
/// <param name="Reason">3 to 2,000 characters, for those who get it.</param>
public sealed record PassReview(Guid OperationId, string Group, string Reason);

/// <summary>Asks the caller something. The time to decide runs on.</summary>
/// <param name="Question">3 to 1,000 characters; the caller reads them.</param>
public sealed record AskCaller(Guid OperationId, string Question);

/// <summary>A change asked for by a person that needs no words.</summary>
public sealed record ReviewOperation(Guid OperationId);

/// <summary>The 409 body: who or what decided first.</summary>
public sealed record ReviewConflict(string Message, ApprovalStatus Status, IReadOnlyList<PersonRef> Winner, DateTimeOffset? DecidedAt);

/// <summary>What the hub calls on a console. Method names are the wire contract.</summary>
public interface IReviewFeed
{
    Task ReviewChanged(ReviewSummary review);
}
