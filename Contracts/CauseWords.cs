namespace Contracts;

/// <summary>What a prompt is rejected for, in the words that people choose it by.</summary>
public static class CauseWords
{
    public static IReadOnlyList<RejectCause> InOrder { get; } =
        [RejectCause.PersonalData, RejectCause.Secrets, RejectCause.Confidential, RejectCause.Attack, RejectCause.NotAllowed, RejectCause.WrongModel, RejectCause.Unclear, RejectCause.Other];

    public static string Of(RejectCause cause) => cause switch
    {
        RejectCause.PersonalData => "Personal data",
        RejectCause.Secrets => "Keys or passwords",
        RejectCause.Confidential => "Confidential",
        RejectCause.Attack => "Looks like an attack",
        RejectCause.NotAllowed => "Not an allowed use",
        RejectCause.WrongModel => "Wrong model for it",
        RejectCause.Unclear => "Unclear what it is for",
        _ => "Something else",
    };
}
