namespace ApprovalsUI.Components.Records;

/// <summary>The trail's words for people. A kind or outcome of a later version is shown as it is written.</summary>
internal static class TrailWords
{
    internal static readonly IReadOnlyList<(string Value, string Words)> Kinds =
    [
        ("interaction", "Prompt"),
        ("parked", "Held for a person"),
        ("joined", "Asked again"),
        ("decision", "Decision"),
        ("execution", "Sent to the model"),
        ("reveal", "Text revealed"),
        ("sign-in", "Sign-in"),
        ("sign-out", "Signed out everywhere"),
        ("vote.approve", "Vote: yes"),
        ("vote.reject", "Vote: no"),
        ("approval.undone", "Approval undone"),
        ("glass.broken", "Glass broken"),
        ("claim.taken", "Opened for review"),
        ("answer", "Answer stopped"),
        ("policy.version", "Policy in force"),
        ("policy.draft", "Policy draft"),
        ("grant", "Grant"),
        ("key.issued", "Key issued"),
        ("key.revoked", "Key revoked"),
        ("alert.dismissed", "Alert looked at"),
    ];

    internal static readonly IReadOnlyList<(string Value, string Words)> Outcomes =
    [
        ("forwarded", "Forwarded"),
        ("masked", "Masked"),
        ("parked", "Held"),
        ("blocked", "Blocked"),
        ("abandoned", "Caller hung up"),
        ("forwarded unread", "Forwarded unread"),
        ("released", "Released"),
        ("rejected", "Rejected"),
        ("expired", "Expired"),
        ("revealed", "Revealed"),
        ("signed in", "Signed in"),
        ("signed out", "Signed out"),
        ("cancelled", "Cancelled"),
        ("revoked", "Taken back"),
        ("completed", "Answered"),
        ("failed", "Failed"),
        ("answer parked", "Answer held"),
        ("first", "First version"),
        ("written", "Written"),
        ("proposed", "Proposed"),
        ("approved", "Approved"),
        ("withdrawn", "Withdrawn"),
        ("rolled back", "Rolled back"),
        ("tightened", "Tightened at once"),
        ("emergency reviewed", "Emergency looked at"),
        ("shadow on", "Judges along"),
        ("shadow off", "Judges along no more"),
        ("made", "Made"),
        ("agreed", "Agreed"),
        ("issued", "Issued"),
    ];

    internal static string Kind(string kind) => Find(Kinds, kind);

    internal static string Outcome(string outcome) => Find(Outcomes, outcome);

    private static string Find(IReadOnlyList<(string Value, string Words)> words, string value) =>
        words.FirstOrDefault(word => word.Value == value).Words ?? value;
}
