using System.Globalization;
using Contracts.Api;

namespace Approvals.Overview;

/// <summary>Each table of the report as CSV, by its name in the address. Times are UTC, durations whole seconds.</summary>
internal static class OverviewTables
{
    private static readonly string[] LineColumns =
        ["decided", "released", "rejected", "undone", "rejected_after_yes", "expired", "cancelled", "glass_broken", "median_seconds", "p95_seconds"];

    /// <returns>Null for a table that there is not.</returns>
    public static string? Write(string table, OverviewReport report) => table switch
    {
        "days" => Csv.Write(
            ["day", "arrived", "released", "rejected", "expired", "undone", "cancelled", "glass_broken"],
            report.Days.Select(day => Cells(day.Day, day.Arrived, day.Released, day.Rejected, day.Expired, day.Undone, day.Cancelled, day.GlassBroken))),
        "rules" => Csv.Write(["rule", .. LineColumns], report.Rules.Select(Line)),
        "groups" => Csv.Write(["group", .. LineColumns], report.Groups.Select(Line)),
        "people" => Csv.Write(
            ["subject", "name", "votes", "yes", "no", "median_seconds", "together", "agreed"],
            report.People.Select(one => Cells(one.Person.Subject, one.Person.Name, one.Votes, one.Yes, one.No, Seconds(one.Median), one.Together, one.Agreed))),
        "known" => Csv.Write(
            ["subject", "name", "answered", "right", "wrong_releases", "wrong_rejections", "median_seconds_looked"],
            report.Known.Select(one => Cells(one.Person.Subject, one.Person.Name, one.Answered, one.Right, one.WrongReleases, one.WrongRejections, Seconds(one.Looked)))),
        "suggestions" => Csv.Write(
            ["hint", "rule", "count", "of"],
            report.Suggestions.Select(one => Cells(Word(one.Hint), one.Rule, one.Count, one.Of))),
        _ => null,
    };

    private static IEnumerable<string> Line(OverviewLine line) => Cells(
        line.Name, line.Decided, line.Released, line.Rejected, line.Undone, line.RejectedAfterYes, line.Expired, line.Cancelled, line.GlassBroken, Seconds(line.Median), Seconds(line.P95));

    private static string Word(OverviewHint hint) => hint switch
    {
        OverviewHint.AsksForLittle => "asks_for_little",
        OverviewHint.GoesUnanswered => "goes_unanswered",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static long? Seconds(TimeSpan? time) => time is { } known ? (long)Math.Round(known.TotalSeconds) : null;

    private static IEnumerable<string> Cells(params IEnumerable<object?> values) =>
        values.Select(value => value is DateOnly day ? day.ToString("O", CultureInfo.InvariantCulture) : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "");
}
