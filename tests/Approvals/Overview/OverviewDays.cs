using System.Globalization;
using Approvals.Tests.Support;
using Contracts;
using Contracts.Api;
using Microsoft.Extensions.Time.Testing;

namespace Approvals.Tests.Overview;

/// <summary>Where a day begins and ends.</summary>
public sealed class OverviewDays : IDisposable
{
    private readonly TempStore file = new();

    public void Dispose() => file.Dispose();

    /// <summary>When each of some reviews was parked, and how many of them each day has, oldest day first.</summary>
    [Theory]
    [InlineData("2026-03-30T12:00Z", "2026-03-28T23:00Z", "2026-03-28T22:59Z 2026-03-28T23:00Z 2026-03-29T21:59Z 2026-03-29T22:00Z", "2 1")] // 23 hours: the 29th ends at 22:00 UTC
    [InlineData("2026-10-26T12:00Z", "2026-10-24T22:00Z", "2026-10-24T21:59Z 2026-10-24T22:00Z 2026-10-25T22:59Z 2026-10-25T23:00Z", "2 1")] // 25 hours
    public async Task A_day_in_Berlin_that_the_clocks_change_on_is_whole(string now, string from, string parked, string arrived)
    {
        var report = await ReadAsync(now, "days=2&zone=Europe/Berlin", parked);

        Assert.Equal((At(from), "Europe/Berlin"), (report.From, report.Zone));
        Assert.Equal(arrived, string.Join(' ', report.Days.Select(day => day.Arrived)));
    }

    [Theory]
    [InlineData("UTC", "2026-11-29")]
    [InlineData("Pacific/Kiritimati", "2026-11-30")]
    [InlineData("Pacific/Honolulu", "2026-11-29")]
    [InlineData("Asia/Kolkata", "2026-11-30")]
    public async Task Today_is_the_day_where_the_reader_is(string zone, string today)
    {
        var report = await ReadAsync("2026-11-29T19:00Z", $"days=1&zone={zone}", "2026-11-29T18:59Z");

        Assert.Equal((DateOnly.Parse(today, CultureInfo.InvariantCulture), 1), (Assert.Single(report.Days).Day, report.Days[0].Arrived));
    }

    /// <summary>In Cairo the clocks go from midnight to one: there is no midnight on 24 April 2026.</summary>
    [Fact]
    public async Task A_day_whose_midnight_is_skipped_begins_after_the_gap()
    {
        var report = await ReadAsync("2026-04-24T12:00Z", "days=1&zone=Africa/Cairo", "2026-04-23T21:59Z 2026-04-23T22:00Z");

        Assert.Equal((At("2026-04-23T22:00Z"), 1), (report.From, Assert.Single(report.Days).Arrived));
    }

    private async Task<OverviewReport> ReadAsync(string now, string query, string parked)
    {
        await using var host = await ApprovalsHost.StartAsync(file, new FakeTimeProvider(At(now)), polling: false);
        var history = new History(host);
        foreach (var at in parked.Split(' ')) history.Open(At(at));
        await history.KeepAsync();
        return await host.As("olga", groups: "", Permissions.ReadTrail).OverviewAsync(query);
    }

    private static DateTimeOffset At(string time) => DateTimeOffset.Parse(time, CultureInfo.InvariantCulture);
}
