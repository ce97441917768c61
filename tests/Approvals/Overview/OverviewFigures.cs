using Approvals.Tests.Support;
using Contracts;
using Contracts.Api;
using Contracts.Messages;

namespace Approvals.Tests.Overview;

/// <summary>The clock stands at 9:00 UTC on 2 March 2026.</summary>
public sealed class OverviewFigures : IAsyncLifetime
{
    private static readonly DateTimeOffset Yesterday = Given.Start.AddDays(-1);
    private static readonly DateTimeOffset Today = Given.Start.AddHours(-2);
    private readonly TempStore file = new();
    private ApprovalsHost host = null!; // set before every test
    private History history = null!; // as is this

    public async ValueTask InitializeAsync() => history = new History(host = await ApprovalsHost.StartAsync(file, polling: false));

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        file.Dispose();
    }

    private async Task<OverviewReport> ReadAsync(string query = "")
    {
        await history.KeepAsync();
        return await host.As("olga", groups: "", Permissions.ReadTrail).OverviewAsync(query);
    }

    [Fact]
    public async Task Without_any_reviews_every_day_is_there_and_empty()
    {
        var report = await ReadAsync();

        Assert.Equal((0, null, null, null), (report.Parked, report.Oldest, report.EndsSoonest, report.CutAt));
        Assert.Equal(Enumerable.Range(0, 7).Select(day => new DateOnly(2026, 2, 24).AddDays(day)), report.Days.Select(day => day.Day));
        Assert.All(report.Days, day => Assert.Equal(new OverviewDay(day.Day, 0, 0, 0, 0, 0, 0, 0), day));
        Assert.Equal((0, null, null), (report.Total.Decided, report.Total.Median, report.Total.P95));
        Assert.Equal((0, 0, 0, 0), (report.Rules.Count, report.Groups.Count, report.People.Count, report.Suggestions.Count));
    }

    [Fact]
    public async Task What_waits_now_has_an_oldest_and_a_next_deadline_however_long_ago_it_came()
    {
        history.Open(Given.Start.AddDays(-30), minutes: 60 * 24 * 40);
        history.Open(Given.Start.AddMinutes(-5), minutes: 20);

        var report = await ReadAsync("days=1");

        Assert.Equal((2, Given.Start.AddDays(-30), Given.Start.AddMinutes(15)), (report.Parked, report.Oldest, report.EndsSoonest));
        Assert.Equal(1, Assert.Single(report.Days).Arrived);
    }

    [Fact]
    public async Task Each_day_counts_what_happened_on_it()
    {
        history.Open(Yesterday).Yes("ann", 5);
        history.Open(Yesterday).No("ann", 5);
        history.Open(Yesterday, minutes: 10).Elapse(Yesterday.AddMinutes(10));
        history.Open(Yesterday, undoSeconds: 60).Yes("ann", 5).Undo("ben", 5.5);
        history.Open(Yesterday).BreakGlass(5);
        history.Open(Yesterday).Cancel(Today);
        history.Open(Today);

        var report = await ReadAsync("days=2");

        Assert.Equal([new OverviewDay(new(2026, 3, 1), 6, 2, 1, 1, 1, 0, 1), new OverviewDay(new(2026, 3, 2), 1, 0, 0, 0, 0, 1, 0)], report.Days);
        Assert.Equal((4, 2, 1, 1, 1, 1, 1), (report.Total.Decided, report.Total.Released, report.Total.Rejected, report.Total.Undone, report.Total.Expired, report.Total.Cancelled, report.Total.GlassBroken));
    }

    [Fact]
    public async Task What_still_can_be_undone_has_arrived_and_is_not_released()
    {
        history.Open(Today, undoSeconds: 60 * 60 * 3).Yes("ann", 5);

        var report = await ReadAsync("days=1");

        Assert.Equal(new OverviewDay(new(2026, 3, 2), 1, 0, 0, 0, 0, 0, 0), Assert.Single(report.Days));
        Assert.Equal(0, report.Total.Decided);
    }

    [Fact]
    public async Task The_median_and_the_95th_percentile_are_times_that_occurred()
    {
        for (var minutes = 1; minutes <= 20; minutes++) history.Open(Yesterday, "twenty").Yes("ann", minutes);
        for (var minutes = 1; minutes <= 3; minutes++) history.Open(Yesterday, "three").No("ann", minutes);

        var report = await ReadAsync();

        Assert.Equal(("twenty", 20, TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(19)), Times(report.Rules[0]));
        Assert.Equal(("three", 3, TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(3)), Times(report.Rules[1]));
        Assert.Equal(("reviewers", 23, TimeSpan.FromMinutes(9), TimeSpan.FromMinutes(19)), Times(Assert.Single(report.Groups)));
    }

    [Fact]
    public async Task What_nobody_decided_has_no_time_to_decide_and_what_was_undone_counts_to_its_yes()
    {
        history.Open(Yesterday, "silent", minutes: 10).Elapse(Yesterday.AddMinutes(10));
        history.Open(Yesterday, "silent").Cancel(Yesterday.AddMinutes(1));
        history.Open(Yesterday, "undone", undoSeconds: 600).Yes("ann", 2).Undo("ben", 9);

        var report = await ReadAsync();

        Assert.Equal(("undone", 1, TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(2)), Times(report.Rules[0]));
        Assert.Equal(("silent", 0, null, null, 1, 1), (report.Rules[1].Name, report.Rules[1].Decided, report.Rules[1].Median, report.Rules[1].P95, report.Rules[1].Expired, report.Rules[1].Cancelled));
    }

    [Fact]
    public async Task A_review_counts_for_the_groups_of_the_stages_it_reached()
    {
        ReviewStage[] two = [Given.Stage("first,helpers", minutes: 60), Given.Stage("second", minutes: 60)];
        history.Open(Yesterday, "two", 0, two).No("ann", 5, "first");
        history.Open(Yesterday, "two", 0, two).Yes("ann", 5, "first").Yes("ben", 10, "second");

        var report = await ReadAsync();

        Assert.Equal([("first", 2), ("helpers", 2), ("second", 1)], report.Groups.Select(group => (group.Name, group.Decided)));
    }

    [Fact]
    public async Task A_stage_that_agreed_and_a_later_one_that_did_not_are_told_apart_from_a_plain_no()
    {
        ReviewStage[] two = [Given.Stage("first", minutes: 60), Given.Stage("second", minutes: 60)];
        history.Open(Yesterday, "two", 0, two).Yes("ann", 5, "first").No("ben", 10, "second");
        history.Open(Yesterday, "two", 0, two).No("ann", 5, "first");
        var silent = history.Open(Yesterday, "two", 0, Given.Stage("first", people: 2, minutes: 60, then: OnDeadline.NextStage), Given.Stage("second", minutes: 60)).Yes("ann", 5, "first");
        silent.Elapse(Yesterday.AddMinutes(60));
        silent.No("ben", 70, "second");

        var report = await ReadAsync();

        Assert.Equal((3, 1), (report.Total.Rejected, report.Total.RejectedAfterYes));
    }

    [Fact]
    public async Task Agreement_is_over_votes_that_others_voted_beside()
    {
        history.Open(Yesterday, people: 2).Yes("ann", 2).Yes("ben", 4);
        history.Open(Yesterday, people: 2).Yes("ann", 4).No("ben", 6);
        history.Open(Yesterday, people: 2, undoSeconds: 60).Yes("ann", 6).Yes("ben", 8).Undo("cyd", 8.5);
        history.Open(Yesterday).Yes("ann", 60);
        history.Open(Yesterday, people: 2, minutes: 10).Yes("ann", 8).Elapse(Yesterday.AddMinutes(10));
        history.Open(Yesterday, people: 3).Yes("ann", 1).Yes("ben", 1).BreakGlass(5);

        var report = await ReadAsync();

        Assert.Equal(
            [new OverviewPerson(new("ann", "ann"), 6, 6, 0, TimeSpan.FromMinutes(4), 3, 1), new OverviewPerson(new("ben", "ben"), 4, 3, 1, TimeSpan.FromMinutes(4), 3, 2)],
            report.People);
    }

    [Theory]
    [InlineData(20, 0, true)]
    [InlineData(19, 0, false)]
    [InlineData(19, 1, false)]
    [InlineData(39, 2, true)]
    public async Task A_rule_that_people_nearly_always_agree_to_is_a_suggestion(int released, int rejected, bool suggested)
    {
        for (var i = 0; i < released; i++) history.Open(Yesterday).Yes("ann", 1);
        for (var i = 0; i < rejected; i++) history.Open(Yesterday).No("ann", 1);

        var report = await ReadAsync();

        Assert.Equal(suggested ? [new(OverviewHint.AsksForLittle, "park-secrets", released, released + rejected)] : Array.Empty<OverviewSuggestion>(), report.Suggestions);
    }

    [Theory]
    [InlineData(6, 4, true)]
    [InlineData(5, 5, false)]
    [InlineData(9, 0, false)]
    public async Task So_is_a_rule_most_of_whose_reviews_nobody_comes_to(int expired, int decided, bool suggested)
    {
        for (var i = 0; i < expired; i++) history.Open(Yesterday, minutes: 10).Elapse(Yesterday.AddMinutes(10));
        for (var i = 0; i < decided; i++) history.Open(Yesterday).Yes("ann", 1);

        var report = await ReadAsync();

        Assert.Equal(suggested ? [new(OverviewHint.GoesUnanswered, "park-secrets", expired, expired + decided)] : Array.Empty<OverviewSuggestion>(), report.Suggestions);
    }

    private static (string, int, TimeSpan?, TimeSpan?) Times(OverviewLine line) => (line.Name, line.Decided, line.Median, line.P95);
}
