namespace Contracts;

/// <summary>What people reject a prompt for; the words say the rest.</summary>
public enum RejectCause
{
    Other,

    /// <summary>It holds personal data that must not leave.</summary>
    PersonalData,

    /// <summary>It holds keys, passwords or the like.</summary>
    Secrets,

    /// <summary>It holds what is not for everybody.</summary>
    Confidential,

    /// <summary>It tries to make a model, or a reviewer, do what they should not.</summary>
    Attack,

    /// <summary>The use itself is not allowed.</summary>
    NotAllowed,

    /// <summary>It belongs to another model.</summary>
    WrongModel,

    /// <summary>Nobody could tell what it is for.</summary>
    Unclear,
}
