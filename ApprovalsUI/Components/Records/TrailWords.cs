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
        ("request", "Passed on"),
        ("reveal", "Text revealed"),
        ("opened", "Texts opened"),
        ("resent", "Sent again"),
        ("sign-in", "Sign-in"),
        ("sign-out", "Signed out everywhere"),
        ("vote.approve", "Vote: yes"),
        ("vote.reject", "Vote: no"),
        ("approval.undone", "Approval undone"),
        ("glass.broken", "Glass broken"),
        ("claim.taken", "Opened for review"),
        ("edited", "Text changed"),
        ("review.passed", "Passed on"),
        ("caller.asked", "Caller asked"),
        ("answered", "Caller answered"),
        ("answer", "Answer stopped"),
        ("policy.version", "Policy in force"),
        ("policy.draft", "Policy draft"),
        ("grant", "Grant"),
        ("key.issued", "Key issued"),
        ("key.revoked", "Key revoked"),
        ("alert.dismissed", "Alert looked at"),
        ("erasure", "Texts erased"),
        ("hold", "Legal hold"),
        ("evidence", "Evidence"),
        ("known", "Known case"),
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
        ("asked", "Asked for"),
        ("edited", "Changed"),
        ("answered", "Answered a question"),
        ("sent", "Sent"),
        ("opened", "Opened"),
        ("not genuine", "Not genuine"),
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
        ("erased", "Erased"),
        ("placed", "Placed"),
        ("lifted", "Lifted"),
        ("exported", "Exported"),
        ("added", "Added"),
        ("retired", "Retired"),
        ("planted", "Shown to people"),
        ("not asked", "Policy does not ask"),
    ];

    internal static readonly IReadOnlyList<string> Decisions = ["forward", "mask", "park", "block"];

    internal static string Kind(string kind) => Find(Kinds, kind);

    internal static string Outcome(string outcome) => Find(Outcomes, outcome);

    /// <summary>How an outcome's chip is coloured.</summary>
    internal static string Tone(string? outcome) => outcome switch
    {
        "forwarded" or "masked" or "released" or "completed" => "completed",
        "blocked" or "rejected" => "rejected",
        "parked" => "pending",
        _ => "expired",
    };

    private static string Find(IReadOnlyList<(string Value, string Words)> words, string value) =>
        words.FirstOrDefault(word => word.Value == value).Words ?? value;
}
