namespace Gateway.Policy;

/// <summary>Times of day on days of the week, in one zone. A window over midnight belongs to the day it begins on.</summary>
internal sealed record TimeWindow(IReadOnlyList<DayOfWeek> Days, TimeOnly From, TimeOnly To, TimeZoneInfo Zone)
{
    public bool Contains(DateTimeOffset moment)
    {
        var local = TimeZoneInfo.ConvertTime(moment, Zone);
        var time = TimeOnly.FromDateTime(local.DateTime);
        if (From < To) return IsOn(local.DayOfWeek) && time >= From && time < To;
        return (time >= From && IsOn(local.DayOfWeek)) || (time < To && IsOn(local.AddDays(-1).DayOfWeek));
    }

    private bool IsOn(DayOfWeek day) => Days.Count == 0 || Days.Contains(day);
}
