namespace ApprovalsUI.Client.Triage;

/// <summary>How long is left. Bands, so that a severe prompt is not behind a harmless one that ends a second earlier.</summary>
public enum TimeBand
{
    Minute,
    FiveMinutes,
    QuarterHour,
    Later,
}

internal static class TimeBands
{
    private static readonly TimeSpan[] Limits = [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15)];

    /// <param name="deadline">Null for a decided yes in its undo window, which needs nobody any more.</param>
    internal static TimeBand Of(DateTimeOffset? deadline, DateTimeOffset now)
    {
        var band = deadline is { } end ? Array.FindIndex(Limits, limit => end - now <= limit) : -1;
        return band < 0 ? TimeBand.Later : (TimeBand)band;
    }

    /// <returns>When the next band begins; the end of time for the last one.</returns>
    internal static DateTimeOffset Ends(DateTimeOffset? deadline, TimeBand band) =>
        deadline is { } end && band > TimeBand.Minute ? end - Limits[(int)band - 1] : DateTimeOffset.MaxValue;
}
