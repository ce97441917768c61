using System.Diagnostics;
using Approvals.Tests.Support;
using Contracts;
using Contracts.Api;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Tests.Servers;

namespace Approvals.Tests.Overview;

/// <summary>However much there is, an answer is the same few queries and so many rows.</summary>
public sealed class OverviewBounds(Databases databases)
{
    private const int FewQueries = 5;

    public static TheoryData<string> All => Databases.All;

    [Fact]
    public async Task More_than_is_read_is_cut_and_said()
    {
        using var file = new TempStore();
        await using var host = await ApprovalsHost.StartAsync(file, KeyValuePair.Create<string, string?>("Overview:MostReviews", "10"));
        var history = new History(host);
        for (var hoursAgo = 60; hoursAgo > 0; hoursAgo -= 5) history.Open(Given.Start.AddHours(-hoursAgo)).Yes("ann", 1);
        await history.KeepAsync();

        var report = await host.As("olga", groups: "", Permissions.ReadTrail).OverviewAsync();

        Assert.Equal((10, Given.Start.AddHours(-50).AddMinutes(1)), (report.Total.Decided, report.CutAt));
        Assert.Equal(new DateOnly(2026, 2, 28), report.Days[0].Day);
        Assert.Equal((10, 10), (report.Days.Sum(day => day.Released), Assert.Single(report.People).Votes));
    }

    [Fact]
    public async Task Twenty_thousand_reviews_are_one_answer_of_as_many_queries_as_one_review()
    {
        using var file = new TempStore();
        using var queries = new Queries(file.ConnectionString); // from before the first query on: without a listener, EF looks for one only every second
        await using var host = await ApprovalsHost.StartAsync(file, polling: false);
        var history = new History(host);
        history.Open(Given.Start.AddMinutes(-30)).Yes("ann", 1);
        await history.KeepAsync();
        var olga = host.As("olga", groups: "", Permissions.ReadTrail);
        var (few, _, _) = await CountAsync(queries, () => olga.OverviewAsync("days=30"));
        for (var i = 1; i < 20_000; i++) history.Open(Given.Start.AddMinutes(-i), $"rule-{i % 7}", people: 2).Yes($"person-{i % 11}", 0.2).Yes($"other-{i % 5}", 0.5 + (i % 13));
        await history.KeepAsync();

        var (many, took, report) = await CountAsync(queries, () => olga.OverviewAsync("days=30"));
        var (own, ownTook, _) = await CountAsync(queries, () => host.As("ann").OverviewAsync("days=30"));

        TestContext.Current.TestOutputHelper?.WriteLine($"20,000 reviews and {report.People.Sum(one => one.Votes):N0} votes: {many} queries, {took.TotalMilliseconds:0} ms; for a reviewer {own} queries, {ownTook.TotalMilliseconds:0} ms.");
        Assert.Equal((20_000, null), (report.Total.Decided, report.CutAt));
        Assert.Equal((FewQueries, FewQueries, FewQueries), (few, many, own));
    }

    [Theory, MemberData(nameof(All))]
    public async Task Each_database_gives_the_same_figures(string provider)
    {
        await using var host = await ApprovalsHost.StartAsync(await databases.NewAsync(provider), polling: false);
        var history = new History(host);
        history.Open(Given.Start.AddHours(-1), people: 2).Yes("ann", 1).Yes("ben", 3);
        history.Open(Given.Start.AddHours(-1)).BreakGlass(7);
        history.Open(Given.Start.AddMinutes(-1), minutes: 10);
        history.Open(Given.Start.AddMinutes(-2), groups: "legal");
        await history.KeepAsync();

        var report = await host.As("ann").OverviewAsync("days=1");

        Assert.Equal((1, Given.Start.AddMinutes(-1), Given.Start.AddMinutes(9)), (report.Parked, report.Oldest, report.EndsSoonest));
        Assert.Equal(new OverviewDay(new(2026, 3, 2), 3, 2, 0, 0, 0, 0, 1), Assert.Single(report.Days));
        Assert.Equal((2, TimeSpan.FromMinutes(3), TimeSpan.FromMinutes(7)), (report.Total.Decided, report.Total.Median, report.Total.P95));
        Assert.Equal((1, 1, 1), (Assert.Single(report.People).Votes, report.People[0].Together, report.People[0].Agreed));
    }

    private static async Task<(int Queries, TimeSpan Took, OverviewReport Report)> CountAsync(Queries queries, Func<Task<OverviewReport>> ask)
    {
        var (before, began) = (queries.Count, Stopwatch.GetTimestamp());
        var report = await ask();
        return (queries.Count - before, Stopwatch.GetElapsedTime(began), report);
    }

    /// <summary>Counts what reviews are read from one database with, whoever else asks meanwhile.</summary>
    private sealed class Queries : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
    {
        private readonly string connection;
        private readonly IDisposable listening;
        private readonly System.Collections.Concurrent.ConcurrentBag<IDisposable> heard = [];
        private int count;

        public Queries(string connection)
        {
            this.connection = connection;
            listening = DiagnosticListener.AllListeners.Subscribe(this);
        }

        public int Count => count;

        public void OnNext(DiagnosticListener value)
        {
            if (value.Name == "Microsoft.EntityFrameworkCore") heard.Add(value.Subscribe(this));
        }

        public void OnNext(KeyValuePair<string, object?> value)
        {
            if (value.Key == RelationalEventId.CommandExecuted.Name && value.Value is CommandExecutedEventData { Command: var command }
                && command.CommandText.Contains("\"Reviews\"", StringComparison.Ordinal) && command.Connection?.ConnectionString.Contains(connection, StringComparison.Ordinal) == true)
                Interlocked.Increment(ref count);
        }

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }

        public void Dispose()
        {
            listening.Dispose();
            foreach (var one in heard) one.Dispose();
        }
    }
}
