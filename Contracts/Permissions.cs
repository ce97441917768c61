namespace Contracts;

/// <summary>The closed catalogue of what a person may be allowed to do. Nothing else is a permission, whatever a token says.</summary>
public static class Permissions
{
    /// <summary>Decide about parked prompts of every kind of risk; those below each allow one kind.</summary>
    public const string Review = "review";
    public const string ReviewSecrets = "review.secret";
    public const string ReviewPersonal = "review.personal";
    public const string ReviewAttacks = "review.attack";
    public const string ReviewCode = "review.code";
    public const string ReviewConfidential = "review.confidential";

    /// <summary>See a masked value in the clear, one at a time, for a recorded reason.</summary>
    public const string Reveal = "reveal";

    /// <summary>Release a prompt alone where more people are asked for; loud, with a reason.</summary>
    public const string BreakGlass = "break-glass";
    public const string ReadTrail = "trail.read";

    /// <summary>Write policy drafts and tighten in an emergency; somebody else approves.</summary>
    public const string EditPolicy = "policy.edit";
    public const string ApprovePolicy = "policy.approve";

    /// <summary>Issue and revoke callers' API keys.</summary>
    public const string ManageKeys = "keys.manage";

    /// <summary>Erase texts for good, and keep them from being erased.</summary>
    public const string ManageData = "data.manage";

    /// <summary>Send a recorded prompt to its model again, as a prompt of one's own.</summary>
    public const string Resend = "prompts.resend";

    /// <summary>Any of these lets a person into the queue.</summary>
    public static IReadOnlyList<string> AnyReview { get; } = [Review, ReviewSecrets, ReviewPersonal, ReviewAttacks, ReviewCode, ReviewConfidential];

    /// <summary>All there are, in the order people read them.</summary>
    public static IReadOnlyList<string> All { get; } = [.. AnyReview, Reveal, BreakGlass, ReadTrail, EditPolicy, ApprovePolicy, ManageKeys, ManageData, Resend];
}
