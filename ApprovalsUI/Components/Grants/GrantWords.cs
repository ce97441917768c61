using Contracts.Api;
using Contracts.Messages;

namespace ApprovalsUI.Components.Grants;

/// <summary>The grants API's words for people. A word of a later version is shown as it is written.</summary>
internal static class GrantWords
{
    internal static string Status(string status) => status switch
    {
        "proposed" => "Waits for a yes",
        "active" => "Active",
        "used up" => "Used up",
        "expired" => "Expired",
        "revoked" => "Revoked",
        _ => status,
    };

    /// <summary>How the chip is coloured.</summary>
    internal static string Tone(string status) => status switch { "active" => "completed", "proposed" => "pending", "revoked" => "rejected", _ => "expired" };

    internal static bool IsOver(this GrantView grant) => grant.Status is not ("proposed" or "active");

    internal static string Uses(GrantView grant) => $"{grant.Uses} of {grant.MostUses} used";

    internal static string Minutes(int minutes) => minutes switch
    {
        < 60 => $"{minutes} min",
        _ when minutes % 60 == 0 => $"{minutes / 60} h",
        _ => $"{minutes / 60} h {minutes % 60} min",
    };

    internal static string People(int people) => people == 1 ? "1 more person has to agree" : $"{people} more people have to agree";

    /// <summary>How many people a grant from this review takes: each stage that ends in a refusal needs its own.</summary>
    internal static int PeopleFor(ReviewDetail review) => Math.Max(1, review.Stages.Where(stage => stage.OnDeadline == OnDeadline.Reject).Sum(stage => stage.People));

}
