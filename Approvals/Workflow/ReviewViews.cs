using Approvals.Identity;
using Contracts;
using Contracts.Api;
using Contracts.Messages;

namespace Approvals.Workflow;

/// <summary>A review in the words of the contracts.</summary>
internal static class ReviewViews
{
    public static ReviewSummary Summary(this Review review, DateTimeOffset now) => new()
    {
        Id = review.Id,
        Status = review.Status,
        Version = review.Version,
        Sequence = review.Sequence,
        Caller = review.Caller,
        Route = review.Route,
        Model = review.Model,
        Score = review.Score,
        FindingTypes = [.. review.Findings.Select(finding => finding.Type).Distinct()],
        Excerpt = review.Excerpt,
        Rule = review.Rule,
        Pattern = review.Pattern,
        Stage = review.Stage,
        Stages = review.Stages.Count,
        Groups = review.Stages[review.Stage].Groups,
        Approvals = review.ApprovalsIn(review.Stage),
        Needed = review.Stages[review.Stage].People,
        OpenedAt = review.OpenedAt,
        DeadlineAt = review.Status == ApprovalStatus.Pending ? review.DueAt : null,
        ReleaseAt = review.Status == ApprovalStatus.Approved ? review.DueAt : null,
        DecidedAt = review.DecidedAt,
        Claim = review.ClaimAt(now) is { } holder ? new ClaimView(holder, review.ClaimedUntil!.Value, review.ClaimedSince, review.ClaimedForWriting) : null, // a live claim has an end
        DecidedBy = review.DecidedBy,
        BrokeGlass = review.Glass?.Person,
    };

    public static ReviewDetail Detail(this Review review, Reviewer person, DateTimeOffset now) => new()
    {
        Summary = review.Summary(now),
        Digest = review.Digest,
        PolicyVersion = review.PolicyVersion,
        Findings = review.Findings,
        Stages = review.Stages,
        Votes = [.. review.Votes.OrderBy(vote => vote.At)
            .Select(vote => new VoteView(new PersonRef(vote.Subject, vote.Name), vote.Approve, vote.Reason, vote.Stage, vote.At, vote.Cause))],
        MayNotVote = review.MayVote(person, now) is var answer and not ReviewAnswer.Accepted ? review.Explain(answer, person, now) : null,
        Reason = review.Reason,
        MayBreakGlass = review.MayBreakGlass(person, now) == ReviewAnswer.Accepted,
        Glass = review.Glass is { } glass ? new GlassView(glass.Person, glass.Reason, glass.At) : null,
        NeedsReason = review.NeedsReason,
        Look = review.Look,
        MayPassTo = review.MayVote(person, now) == ReviewAnswer.Accepted ? review.PassesTo : [],
        Edition = review.Edition,
        Notes = review.Notes,
        Known = review.KnownTo(person),
    };

    /// <summary>The one message that releases or refuses. A settled release was a release.</summary>
    public static ReviewDecided Decision(this Review review) => new()
    {
        TicketId = review.Id,
        Outcome = review.Status is ApprovalStatus.Completed or ApprovalStatus.Failed ? ApprovalStatus.Releasing : review.Status,
        Digest = review.Digest,
        DecidedBy = review.DecidedBy,
        Reason = review.Reason,
        Cause = review.Cause,
        DecidedAt = review.DecidedAt ?? throw new InvalidOperationException($"Review {review.Id} is not decided."),
        Acts = review.Acts(),
    };

    /// <summary>The votes on the text that waits or was decided about, the broken glass and the undo, oldest first: the same ids whenever it is asked.</summary>
    public static IReadOnlyList<PersonActed> Acts(this Review review)
    {
        var acts = review.Votes.OrderBy(vote => vote.At)
            .Select(vote => Act(Deeds.Vote(vote.Approve), new PersonRef(vote.Subject, vote.Name), vote.Reason, vote.At, $"{review.Edition}/{vote.Stage}")).ToList();
        if (review.Glass is { } glass) acts.Add(Act(Deeds.GlassBroken, glass.Person, glass.Reason, glass.At));
        if (review.Status == ApprovalStatus.Revoked) acts.Add(Act(Deeds.Undone, review.DecidedBy[0], null, review.DecidedAt!.Value)); // somebody took it back
        return acts;

        PersonActed Act(string deed, PersonRef person, string? reason, DateTimeOffset at, string place = "") => new()
        {
            ActionId = Deeds.IdOf(review.Id, deed, place, person.Subject), Person = person, Action = deed, TicketId = review.Id, Reason = reason, At = at,
        };
    }

    /// <summary>A refusal in a sentence for the person who met it.</summary>
    public static string Explain(this Review review, ReviewAnswer answer, Reviewer person, DateTimeOffset now) => answer switch
    {
        ReviewAnswer.OwnPrompt when person.Subject == review.Caller.Subject => "This is your own prompt: somebody else decides about it.",
        ReviewAnswer.OwnPrompt => "You answer for this caller: somebody else decides about its prompts.",
        ReviewAnswer.OtherKind when person.Kinds.IsNone => "You may read this, not decide about it.",
        ReviewAnswer.OtherKind => $"{Held(review.Findings)}; you decide about {person.Kinds}.",
        ReviewAnswer.MayNotBreakGlass => "Releasing alone is not one of your permissions.",
        ReviewAnswer.NotInGroup => $"This stage waits for people of {string.Join(", ", review.Stages[review.Stage].Groups)}.",
        ReviewAnswer.AlreadyVoted => "Your yes counts already; it needs somebody else's as well.",
        ReviewAnswer.OtherText => "Your decision was about another text than the one that waits here. Read it again.",
        ReviewAnswer.ReasonMissing => review.NeedsReason ? "Here a release needs a reason as well." : "A rejection needs a reason.",
        ReviewAnswer.ReasonUnusable => $"That needs words: {Review.ShortestReason} to {Review.LongestQuestion:N0} characters, and {Review.ShortestGlassReason} to break the glass.",
        ReviewAnswer.NotLooked => $"A prompt this long has to be before you for {review.Look.TotalSeconds:0} seconds before you can release it.",
        ReviewAnswer.MayNotPass => "The rule does not let this be passed to that group.",
        ReviewAnswer.TooMuchSaid => "So much was asked and passed on here that nothing more can be added. Decide, or let it end.",
        ReviewAnswer.Claimed => $"{review.ClaimAt(now)?.Name} is deciding about this until {review.ClaimedUntil:HH:mm:ss} UTC.",
        ReviewAnswer.Decided when review.DecidedAt is { } at => $"{Winner(review)} at {at:yyyy-MM-dd HH:mm:ss} UTC: it is {review.Status.Word()}.",
        ReviewAnswer.Decided => "Its deadline has passed.",
        ReviewAnswer.NothingToUndo => "Nobody has released this: there is nothing to take back.",
        ReviewAnswer.OperationReused => "This operation id was used for something else before.",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static string Held(IReadOnlyList<Finding> findings) => ReviewKinds.Held(findings) switch
    {
        [] => "It is not certain of which kind this prompt is",
        var held when held.Contains(RiskCategory.Fault) => "This prompt could not be looked through",
        var held => $"This prompt holds {ReviewKinds.Words(held)}",
    };

    private static string Winner(Review review) => review.Status switch
    {
        ApprovalStatus.Expired => "Nobody decided in time; it ended",
        ApprovalStatus.Cancelled => "The caller took it back",
        _ => $"{string.Join(", ", review.DecidedBy.Select(person => person.Name))} decided",
    };
}
