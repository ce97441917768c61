using Approvals.Tests.Support;
using Contracts;

namespace Approvals.Tests.Overview;

/// <summary>Who sees which of the figures.</summary>
public sealed class OverviewEyes : IAsyncLifetime
{
    private static readonly DateTimeOffset Yesterday = Given.Start.AddDays(-1);
    private readonly TempStore file = new();
    private ApprovalsHost host = null!; // set before every test

    public async ValueTask InitializeAsync()
    {
        host = await ApprovalsHost.StartAsync(file, polling: false);
        var history = new History(host);
        history.Open(Yesterday, "ours", people: 2).Yes("ann", 5).Yes("ben", 6);
        history.Open(Yesterday, "theirs", "legal").Yes("liz", 5, "legal");
        history.Open(Yesterday, "both", 0, Given.Stage(), Given.Stage("legal")).Yes("ann", 5).Yes("liz", 7, "legal");
        history.Open(Given.Start.AddMinutes(-1), "ours");
        history.Open(Given.Start.AddMinutes(-2), "theirs", "legal");
        await history.KeepAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        file.Dispose();
    }

    [Fact]
    public async Task A_reviewer_sees_no_counts_of_what_waits_for_other_groups()
    {
        var report = await host.As("ann").OverviewAsync();

        Assert.Equal((1, Given.Start.AddMinutes(-1)), (report.Parked, report.Oldest));
        Assert.Equal(2, report.Total.Decided);
        Assert.Equal((1, 2), (report.Days[^1].Arrived, report.Days[^2].Arrived));
        Assert.Equal(["both", "ours"], report.Rules.Select(rule => rule.Name).Order());
        Assert.Equal(["reviewers"], report.Groups.Select(group => group.Name));
    }

    [Fact]
    public async Task A_reviewer_sees_their_own_votes_and_nobody_elses()
    {
        var report = await host.As("ann").OverviewAsync();

        Assert.Equal(("ann", 2), (Assert.Single(report.People).Person.Subject, report.People[0].Votes));
        Assert.False(report.SeesEverybody);
        Assert.Empty((await host.As("new").OverviewAsync()).People);
    }

    [Fact]
    public async Task Whoever_reads_the_trail_sees_all_of_it()
    {
        var report = await host.As("olga", groups: "", Permissions.ReadTrail).OverviewAsync();

        Assert.Equal((2, 3), (report.Parked, report.Total.Decided));
        Assert.Equal(["ann", "liz", "ben"], report.People.Select(one => one.Person.Subject));
        Assert.Equal(["legal", "reviewers"], report.Groups.Select(group => group.Name));
        Assert.True(report.SeesEverybody);
    }

    [Fact]
    public async Task Whoever_breaks_the_glass_sees_all_reviews_and_still_no_other_person()
    {
        var report = await host.As("eve", "on-call", Permissions.BreakGlass).OverviewAsync();

        Assert.Equal((2, 3, false), (report.Parked, report.Total.Decided, report.SeesEverybody));
        Assert.Empty(report.People);
    }

    [Fact]
    public async Task The_tables_show_no_more_than_the_report()
    {
        var people = await host.As("ann").GetStringAsync(new Uri("/api/overview/people.csv", UriKind.Relative), History.Ct);
        var groups = await host.As("ann").GetStringAsync(new Uri("/api/overview/groups.csv", UriKind.Relative), History.Ct);

        Assert.Equal("subject,name,votes,yes,no,median_seconds,together,agreed\r\nann,ann,2,2,0,300,2,2\r\n", people);
        Assert.DoesNotContain("legal", groups, StringComparison.Ordinal);
    }
}
