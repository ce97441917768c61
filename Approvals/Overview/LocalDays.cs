using System.Text.RegularExpressions;

namespace Approvals.Overview;

/// <summary>The last so many days where somebody lives, today included. A day there may have 23 or 25 hours.</summary>
internal sealed partial class LocalDays
{
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(15);
    private readonly TimeZoneInfo zone;
    private readonly DateOnly first;

    public LocalDays(TimeZoneInfo zone, int count, DateTimeOffset now)
    {
        (this.zone, Now, Today) = (zone, now, DayOf(now, zone));
        first = Today.AddDays(1 - count);
        From = StartOf(first);
    }

    public DateTimeOffset Now { get; }
    public DateOnly Today { get; }
    public DateTimeOffset From { get; }
    public string Zone => zone.Id;

    public DateOnly Of(DateTimeOffset at) => DayOf(at, zone);

    /// <summary>Oldest first; without those before a moment.</summary>
    public IEnumerable<DateOnly> Since(DateTimeOffset at)
    {
        for (var day = at > From ? Of(at) : first; day <= Today; day = day.AddDays(1)) yield return day;
    }

    /// <summary>Only what can be an IANA name is looked up: a name becomes a path below the folder of zones.</summary>
    public static TimeZoneInfo? FindZone(string name) =>
        ZoneName().IsMatch(name) && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : null;

    /// <summary>Where midnight is skipped, the day begins after the gap; where it comes twice, at the first.</summary>
    private DateTimeOffset StartOf(DateOnly day)
    {
        var local = day.ToDateTime(TimeOnly.MinValue);
        while (zone.IsInvalidTime(local)) local += Step;
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }

    private static DateOnly DayOf(DateTimeOffset at, TimeZoneInfo zone) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime);

    [GeneratedRegex(@"^(?=.{1,64}\z)[A-Za-z][A-Za-z0-9_+\-]*(/[A-Za-z0-9_+\-]+)*\z")]
    private static partial Regex ZoneName();
}
