using ApprovalsUI.Client.Triage;
using ApprovalsUI.Components.Text;

namespace ApprovalsUI.Components.Queue;

/// <summary>Why a review stands where it stands, in a few words.</summary>
internal static class PlaceWords
{
    internal static string Of(QueueRow row) => row.Standing switch
    {
        Standing.Yours => $"{Time(row.Band)}, {RiskBands.Of(row.Review.Score).ToString().ToLowerInvariant()} risk",
        Standing.Taken => row.Review.Claim is { } claim ? $"{VisibleText.InOneLine(claim.Person.Name)} has it" : "Somebody else has it",
        Standing.Voted => "You have agreed; others are asked too",
        Standing.OtherGroups => $"For {string.Join(" or ", row.Review.Groups.Select(VisibleText.InOneLine))}; not yours to decide",
        Standing.Own => "Your own prompt; somebody else decides",
        Standing.Approved => "Approved; can still be undone",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static string Time(TimeBand band) => band switch
    {
        TimeBand.Minute => "Ends within a minute",
        TimeBand.FiveMinutes => "Ends within 5 minutes",
        TimeBand.QuarterHour => "Ends within 15 minutes",
        TimeBand.Later => "More than 15 minutes left",
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
