using System.Globalization;
using Contracts.Api;

namespace ApprovalsUI.Components.Policy;

/// <summary>The policy API's words for people. A word of a later version is shown as it is written.</summary>
internal static class PolicyWords
{
    internal static readonly IReadOnlyList<string> Actions = ["forward", "mask", "park", "block"];

    internal static string Origin(PolicyVersionView version) => version switch
    {
        { Origin: "first" } => "Made of the settings at the first start",
        { Origin: "draft" } => "Agreed by two people",
        { Origin: "rollback", RolledBackTo: { } to } => $"Rolled back to v{to}",
        { Origin: "emergency", AwaitsReview: true } => "Emergency – nobody has looked yet",
        { Origin: "emergency" } => "Emergency",
        _ => version.Origin,
    };

    /// <summary>How the chip is coloured; what it says is <see cref="Origin"/>.</summary>
    internal static string Tone(PolicyVersionView version) => version switch { { AwaitsReview: true } => "rejected", { Origin: "emergency" } => "pending", _ => "expired" };

    internal static string Status(string status) => status switch
    {
        "open" => "Being written",
        "proposed" => "Waits for a yes",
        "approved" => "Approved",
        "rejected" => "Rejected",
        "withdrawn" => "Withdrawn",
        _ => status,
    };

    internal static string StatusTone(string status) => status switch { "approved" => "completed", "rejected" => "rejected", "proposed" => "pending", _ => "expired" };

    /// <summary>What has happened to prompts, in one word.</summary>
    internal static string Action(string action) => action switch
    {
        "forward" => "Forwarded",
        "mask" => "Masked",
        "park" => "Parked",
        "block" => "Blocked",
        _ => action,
    };

    /// <summary>A person's word about a prompt, as the trail has it.</summary>
    internal static string People(string outcome) => outcome switch { "released" => "People released it", "rejected" => "People rejected it", "expired" => "Nobody decided", _ => outcome };

    internal static string Count(long count) => count.ToString("#,0", CultureInfo.InvariantCulture);

    internal static string Prompts(long count) => count == 1 ? "1 prompt" : $"{Count(count)} prompts";

    /// <summary>With its sign, and a real minus.</summary>
    internal static string Difference(long difference) => difference switch { 0 => "±0", > 0 => "+" + Count(difference), _ => "−" + Count(-difference) };

    internal static string DraftPath(string id) => "console/policy/drafts/" + Uri.EscapeDataString(id);
}
