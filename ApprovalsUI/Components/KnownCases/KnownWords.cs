using ApprovalsUI.Components.Text;
using Contracts;
using Contracts.Api;

namespace ApprovalsUI.Components.KnownCases;

/// <summary>Known cases in words.</summary>
internal static class KnownWords
{
    internal static string Answer(KnownAnswer answer) => answer == KnownAnswer.Release ? "release" : "reject";

    /// <summary>What was said, and what was right; calm either way.</summary>
    /// <param name="released">The reader's own answer; null where they gave none.</param>
    internal static string Line(KnownResult known, bool? released)
    {
        var (why, answer) = (VisibleText.InOneLine(known.Why), Answer(known.Expected));
        return (known.Right, released) switch
        {
            (null, null) => $"This was a known case. The right answer was to {answer}: {why}",
            (null, _) => $"This was a known case. It does not measure you: its text was changed, or you wrote it. The right answer was to {answer}: {why}",
            (true, { } said) => $"This was a known case. You {Did(said)} it, which was right: {why}",
            (_, { } said) => $"This was a known case. You {Did(said)} it; the right answer was to {answer}: {why}",
            _ => $"This was a known case. The right answer was to {answer}: {why}",
        };
    }

    internal static string Notice(int perDay) => perDay == 1 ? "Up to 1 row a day is a known case nobody waits for. It measures how we decide." : $"Up to {perDay} rows a day are known cases nobody waits for. They measure how we decide.";

    internal static string Standing(KnownStanding standing) => standing switch
    {
        KnownStanding.Asks => "Policy asks people about it",
        KnownStanding.DoesNotAsk => "Policy does not ask people about this",
        KnownStanding.NoModel => "No upstream serves its model",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>What to do about it; null where nothing is.</summary>
    internal static string? Help(KnownStanding standing) => standing switch
    {
        KnownStanding.Asks => null,
        KnownStanding.DoesNotAsk => "It is shown to nobody until the policy asks people about such prompts. Change what it holds, or retire it.",
        KnownStanding.NoModel => "It is shown to nobody until an upstream serves that model on that route. Add it again with a model callers use.",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>What became of the last time it was shown.</summary>
    internal static string Result(KnownCaseView known) => (known.Status, known.Expected) switch
    {
        (null, _) => "never shown yet",
        (ApprovalStatus.Pending, _) => "waits for people now",
        (ApprovalStatus.Completed or ApprovalStatus.Failed or ApprovalStatus.Releasing or ApprovalStatus.Approved, KnownAnswer.Release) => "released, which was right",
        (ApprovalStatus.Completed or ApprovalStatus.Failed or ApprovalStatus.Releasing or ApprovalStatus.Approved, _) => "released; the right answer was to reject",
        (ApprovalStatus.Rejected, KnownAnswer.Reject) => "rejected, which was right",
        (ApprovalStatus.Rejected, _) => "rejected; the right answer was to release",
        (ApprovalStatus.Expired, _) => "nobody decided in time",
        (ApprovalStatus.Revoked, _) => "released, and taken back",
        _ => "ended without an answer",
    };

    private static string Did(bool released) => released ? "released" : "rejected";
}
