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
}

public sealed record GlassView(PersonRef Person, string Reason, DateTimeOffset At);

public sealed record VoteView(PersonRef Person, bool Approve, string? Reason, int Stage, DateTimeOffset At);

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

    /// <summary>Required to reject; at most 2,000 characters.</summary>
    public string? Reason { get; init; }

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

/// <summary>A change asked for by a person that needs no words.</summary>
public sealed record ReviewOperation(Guid OperationId);

/// <summary>The 409 body: who or what decided first.</summary>
public sealed record ReviewConflict(string Message, ApprovalStatus Status, IReadOnlyList<PersonRef> Winner, DateTimeOffset? DecidedAt);

/// <summary>What the hub calls on a console. Method names are the wire contract.</summary>
public interface IReviewFeed
{
    Task ReviewChanged(ReviewSummary review);
}
