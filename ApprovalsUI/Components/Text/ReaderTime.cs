using System.Globalization;

namespace ApprovalsUI.Components.Text;

/// <summary>Times as the person at the screen reads them: their own zone, today without a date, durations in two units at most.</summary>
internal sealed class ReaderTime(TimeProvider clock)
{
    private TimeZoneInfo zone = TimeZoneInfo.Utc;

    /// <summary>IANA name of the reader's zone.</summary>
    internal string Zone => zone.Id;

    /// <summary>Takes the browser's zone by its IANA name; an unknown one leaves UTC, which <see cref="Full"/> says.</summary>
    internal void UseZone(string? name) =>
        zone = name is not null && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var found) ? found : TimeZoneInfo.Utc;

    internal string Short(DateTimeOffset time)
    {
        var local = TimeZoneInfo.ConvertTime(time, zone);
        var today = TimeZoneInfo.ConvertTime(clock.GetUtcNow(), zone);
        var format = local.Date == today.Date ? "HH:mm" : local.Year == today.Year ? "d MMM, HH:mm" : "d MMM yyyy, HH:mm";
        return local.ToString(format, CultureInfo.InvariantCulture);
    }

    internal string Full(DateTimeOffset time) =>
        TimeZoneInfo.ConvertTime(time, zone).ToString("dddd, d MMMM yyyy, HH:mm:ss", CultureInfo.InvariantCulture) + " " + zone.Id;

    /// <summary>As a field for date and time takes it.</summary>
    internal string Field(DateTimeOffset? time) =>
        time is { } known ? TimeZoneInfo.ConvertTime(known, zone).ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture) : "";

    /// <returns>Null for what is no date and time, and for nothing.</returns>
    internal DateTimeOffset? Read(string? field) =>
        DateTime.TryParse(field, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)
            ? new DateTimeOffset(DateTime.SpecifyKind(local, DateTimeKind.Unspecified), zone.GetUtcOffset(local)).ToUniversalTime()
            : null;

    internal string Since(DateTimeOffset time) => Duration(clock.GetUtcNow() - time);

    /// <summary>Counts seconds only when they matter: the last ten minutes.</summary>
    internal static string Left(TimeSpan left) => left switch
    {
        _ when left <= TimeSpan.Zero => "0:00",
        _ when left < TimeSpan.FromMinutes(10) => left.ToString("m\\:ss", CultureInfo.InvariantCulture),
        _ => Duration(left),
    };

    internal static string Duration(TimeSpan time) => time switch
    {
        _ when time < TimeSpan.FromMinutes(1) => "under a minute",
        { TotalMinutes: < 60 } => $"{(int)time.TotalMinutes} min",
        { TotalHours: < 24 } => time.Minutes == 0 ? $"{(int)time.TotalHours} h" : $"{(int)time.TotalHours} h {time.Minutes} min",
        _ => $"{(int)time.TotalDays} d {time.Hours} h",
    };
}
