namespace Approvals.Workflow;

/// <summary>What a review says to a person who wants something of it. Everything but the first two changes nothing.</summary>
internal enum ReviewAnswer
{
    Accepted,

    /// <summary>The claim was the person's already; only its end moved.</summary>
    Renewed,

    /// <summary>There is no such review, or none this person may know of.</summary>
    Unknown,

    /// <summary>Nobody decides about what they sent or answer for, whatever their rights.</summary>
    OwnPrompt,

    /// <summary>The stage in force waits for other groups.</summary>
    NotInGroup,

    /// <summary>Asked, but for other kinds of risk than the prompt holds.</summary>
    OtherKind,

    /// <summary>Releasing alone is not one of this person's rights.</summary>
    MayNotBreakGlass,

    /// <summary>This person's yes counts already, in this stage or in one it carried.</summary>
    AlreadyVoted,

    /// <summary>The vote names another digest than the review's: it was about another text.</summary>
    OtherText,

    /// <summary>A no without its reason, or a yes where the stage asks for one.</summary>
    ReasonMissing,

    /// <summary>Broken glass, a passing on or a question without words that say something.</summary>
    ReasonUnusable,

    /// <summary>A yes to a long prompt that its giver has not had before them for long enough.</summary>
    NotLooked,

    /// <summary>The rule does not name the group it is to be passed to.</summary>
    MayNotPass,

    /// <summary>People have done as much with this review as one record may hold.</summary>
    TooMuchSaid,

    /// <summary>Somebody else holds the claim, and has not let go.</summary>
    Claimed,

    /// <summary>Somebody or something was first.</summary>
    Decided,

    /// <summary>There is no yes to take back.</summary>
    NothingToUndo,

    /// <summary>The operation's id was used for something else before.</summary>
    OperationReused,
}
