using System.Net;
using Approvals.Tests.Support;
using Approvals.Workflow;
using Contracts;
using Contracts.Api;
using Contracts.Messages;
using Tests.Servers;

namespace Approvals.Tests.Overview;

/// <summary>Prompts whose right answer is known: nothing tells before the answer, and they are counted by themselves.</summary>
public sealed class KnownCases(Databases databases) : IAsyncLifetime
{
    private static readonly KnownCase Key = new(KnownAnswer.Reject, "contains a live AWS key", "ada");
    private readonly TempStore file = new();
    private ApprovalsHost host = null!; // set before every test

    public static TheoryData<string> All => Databases.All;

    public async ValueTask InitializeAsync() => host = await ApprovalsHost.StartAsync(file, polling: false);

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        file.Dispose();
    }

    [Fact]
    public async Task Nothing_says_that_it_is_one_until_the_person_has_answered()
    {
        var known = await host.ParkAsync(Given.Prompt(stages: [Given.Stage(people: 2)]) with { Known = Key });
        var (ann, ben) = (host.As("ann"), host.As("ben"));
        foreach (var path in new[] { "/api/reviews", $"/api/reviews/{known.TicketId}", $"/api/reviews/{known.TicketId}/context" })
            Assert.DoesNotContain(Key.Why, await ann.GetStringAsync(path, History.Ct), StringComparison.Ordinal);
        Assert.Null((await ann.GetAsync<ReviewDetail>($"/api/reviews/{known.TicketId}")).Known);

        var voted = await (await ann.VoteAsync(known.TicketId, Given.Yes())).BodyAsync<ReviewDetail>();

        Assert.Equal(new KnownResult(KnownAnswer.Reject, Key.Why, false), voted.Known);
        Assert.Null((await ben.GetAsync<ReviewDetail>($"/api/reviews/{known.TicketId}")).Known);
        Assert.Equal(new KnownResult(KnownAnswer.Reject, Key.Why, true), (await (await ben.VoteAsync(known.TicketId, Given.No())).BodyAsync<ReviewDetail>()).Known);
        Assert.Equal(new KnownResult(KnownAnswer.Reject, Key.Why, null), (await host.As("cid").GetAsync<ReviewDetail>($"/api/reviews/{known.TicketId}")).Known); // it has ended
        Assert.All(host.Heard.All<ReviewChanged>(), change => Assert.DoesNotContain("known", System.Text.Json.JsonSerializer.Serialize(change, JsonWire.Options), StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void Who_wrote_it_is_not_measured_by_it_and_nobody_is_once_its_text_was_changed()
    {
        var mine = Open(Given.Start, Key).No("ada", 1);
        var changed = Open(Given.Start, Key);
        changed.Take(new EditedPrompt(1, "other", "echo", [], "", new PersonRef("ann", "ann"), Given.Start), Given.Start.AddMinutes(1));
        Assert.Equal(ReviewAnswer.Accepted, changed.Cast(Given.Person("ann"), approve: true, null, "other", Given.Start.AddMinutes(2)));

        Assert.Null(mine.KnownTo(Given.Person("ada"))!.Right);
        Assert.Null(changed.KnownTo(Given.Person("ann"))!.Right);
        Assert.False(Open(Given.Start, Key).BreakGlass(1).KnownTo(Given.Emergency())!.Right);
    }

    [Fact]
    public async Task It_counts_as_waiting_while_it_waits_and_in_no_other_figure_when_it_has_ended()
    {
        var history = new History(host);
        history.Open(Given.Start.AddMinutes(-30)).Yes("ann", 2);
        history.Open(Given.Start.AddMinutes(-30), Key).Yes("ann", 9);
        history.Open(Given.Start.AddMinutes(-1), Key);
        await history.KeepAsync();

        var report = await host.As("ann").OverviewAsync();

        Assert.Equal((1, 1, 2), (report.Parked, report.Total.Decided, report.Days[^1].Arrived));
        Assert.Equal((TimeSpan.FromMinutes(2), 1), (report.Total.Median, Assert.Single(report.People).Votes));
        var (queue, context) = (await host.As("ann").GetAsync<ReviewPage>("/api/reviews"), await host.As("ann").GetAsync<ReviewContext>($"/api/reviews/{(await host.As("ann").GetAsync<ReviewPage>("/api/reviews")).Items[0].Id}/context"));
        Assert.Equal(1, queue.Pending);
        Assert.Single(context.Alike); // the real one: nobody decides by what became of a known case
        Assert.Single(context.OfCaller);
    }

    [Theory, MemberData(nameof(All))]
    public async Task Each_person_is_told_how_often_they_were_right_and_who_reads_the_trail_of_everybody(string provider)
    {
        await using var any = await ApprovalsHost.StartAsync(await databases.NewAsync(provider), polling: false);
        var history = new History(any);
        var release = new KnownCase(KnownAnswer.Release, "a public address", "ada");
        Looked(history.Open(Given.Start.AddHours(-3), Key), "ann", approve: false, seconds: 40);
        Looked(history.Open(Given.Start.AddHours(-2), Key), "ann", approve: true, seconds: 4);
        Looked(history.Open(Given.Start.AddHours(-1), release), "ann", approve: false, seconds: 10);
        history.Open(Given.Start.AddHours(-1), release).Yes("ben", 1);
        history.Open(Given.Start.AddHours(-1), Key).BreakGlass(1);
        history.Open(Given.Start.AddHours(-1), Key).No("ada", 1); // who wrote it
        await history.KeepAsync();

        var (own, all) = (await any.As("ann").OverviewAsync(), await any.As("olga", groups: "", Permissions.ReadTrail).OverviewAsync());

        var ann = new OverviewKnown(new PersonRef("ann", "ann"), 3, 1, 1, 1, TimeSpan.FromSeconds(10));
        Assert.Equal([ann], own.Known);
        Assert.Equal([ann, new OverviewKnown(new PersonRef("ben", "ben"), 1, 1, 0, 0, null), new OverviewKnown(new PersonRef("eve", "eve"), 1, 0, 1, 0, null)], all.Known);
        Assert.Equal((0, 0), (all.Total.Decided, all.People.Count));
        Assert.Equal("subject,name,answered,right,wrong_releases,wrong_rejections,median_seconds_looked\r\nann,ann,3,1,1,1,10\r\n", await any.As("ann").GetStringAsync("/api/overview/known.csv", History.Ct));
    }

    private static Review Open(DateTimeOffset at, KnownCase known) => Review.Open(Given.Prompt(stages: [Given.Stage(minutes: 24 * 60)], at: at) with { Known = known }, 0, at);

    private static void Looked(Review review, string person, bool approve, int seconds)
    {
        Assert.Equal(ReviewAnswer.Accepted, review.Claim(Given.Person(person), TimeSpan.FromMinutes(2), review.OpenedAt.AddMinutes(1)));
        Assert.Equal(ReviewAnswer.Accepted, review.Cast(Given.Person(person), approve, "Because.", Given.Digest, review.OpenedAt.AddMinutes(1).AddSeconds(seconds)));
    }
}
