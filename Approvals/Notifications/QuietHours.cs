using System.Globalization;

namespace Approvals.Notifications;

/// <summary>The hours of each day in which a channel keeps still, by the clock on its people's wall.</summary>
internal sealed class QuietHours(QuietOptions options)
{
    private readonly TimeOnly from = TimeOnly.ParseExact(options.From, "HH:mm", CultureInfo.InvariantCulture);
    private readonly TimeOnly to = TimeOnly.ParseExact(options.To, "HH:mm", CultureInfo.InvariantCulture);
    private readonly TimeZoneInfo zone = TimeZoneInfo.FindSystemTimeZoneById(options.TimeZone);

    /// <returns>When they end, or null: it is not quiet, or not for such a score.</returns>
    public DateTimeOffset? EndOf(int score, DateTimeOffset now)
    {
        if (score >= options.ExceptFrom) return null;
        var wall = TimeZoneInfo.ConvertTime(now, zone).DateTime;
        var time = TimeOnly.FromDateTime(wall);
        if (!time.IsBetween(from, to)) return null; // past midnight too

        var end = DateOnly.FromDateTime(wall).AddDays(time < to ? 0 : 1).ToDateTime(to);
        if (zone.IsInvalidTime(end)) end = end.AddHours(1); // that hour is left out on this one night of the year
        var ends = new DateTimeOffset(TimeZoneInfo.ConvertTimeToUtc(end, zone));
        return ends > now ? ends : null;
    }
}
