using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net;
using Approvals.Notifications;
using Approvals.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Tests.Notifications;

/// <summary>Crashes, dead channels, and several instances.</summary>
public sealed class Delivering : NoticeTest
{
    [Fact]
    public async Task Two_instances_send_once()
    {
        var first = await StartAsync(Slack(("Digest", "00:00:00")));
        var second = await StartAsync(Slack(("Digest", "00:00:00")));

        for (var i = 0; i < 6; i++)
        {
            await ParkAsync(i % 2 == 0 ? first : second, Given.Prompt());
            await UntilAsync(first, NoticeState.Sent, i + 1);
        }

        Assert.Equal(6, Chat.Bodies.Count);
    }

    [Fact]
    public async Task A_crash_between_sending_and_marking_sends_once_more_and_not_again()
    {
        var never = new TaskCompletionSource();
        Chat.Answer = context => never.Task.WaitAsync(context.RequestAborted);
        var before = await StartAsync(Slack());
        await ParkAsync(before, Given.Prompt(stages: [Given.Stage(minutes: 60)]));
        await Eventually.Async(() => Task.FromResult(Chat.Bodies.Count == 1));
        await StopAsync(before);

        Chat.TakeAll();
        var after = await StartAsync(Slack());
        Clock.Advance(TimeSpan.FromSeconds(31)); // the lease of whoever crashed is over
        await UntilAsync(after, NoticeState.Sent, 1);
        Clock.Advance(TimeSpan.FromMinutes(30));
        await ParkAsync(after, Given.Prompt(at: Clock.GetUtcNow()));
        await UntilAsync(after, NoticeState.Sent, 2);

        Assert.Equal(3, Chat.Bodies.Count);
    }

    [Fact]
    public async Task What_waited_while_nobody_ran_is_told_at_the_next_start()
    {
        var without = await StartAsync();
        await without.ParkAsync(Given.Prompt());
        await StopAsync(without);

        var host = await StartAsync(Slack());

        await UntilAsync(host, NoticeState.Sent, 1);
    }

    [Fact]
    public async Task A_channel_that_comes_late_passes_by_what_is_decided_and_misses_nothing_after_it()
    {
        var without = await StartAsync();
        var prompt = await without.ParkAsync(Given.Prompt(stages: [Given.Stage(people: 99)]));
        for (var i = 0; i < 120; i++) await without.As($"person{i}").AskAsync(prompt.TicketId, "claim"); // the first gets it, and each is a change
        await without.As("person0").VoteAsync(prompt.TicketId, Given.No());
        await StopAsync(without);

        var host = await StartAsync(Slack());
        await Eventually.Async(() => host.ReadAsync(async store => await store.Set<NoticeChannel>().Select(row => row.PlannedTo).SingleOrDefaultAsync() == await store.Counters.Select(counter => counter.Value).SingleAsync()));
        await ParkAsync(host, Given.Prompt());

        await UntilAsync(host, NoticeState.Sent, 1);
    }

    [Fact]
    public async Task A_dead_channel_is_tried_again_with_growing_pauses_and_then_given_up()
    {
        Chat.Refuse(HttpStatusCode.ServiceUnavailable);
        var host = await StartAsync([.. Slack(), ("MostAttempts", "3"), ("FirstBackoff", "00:00:10")]);
        await ParkAsync(host, Given.Prompt(stages: [Given.Stage(minutes: 60)]));

        foreach (var (attempt, pause) in new[] { (1, 10), (2, 20), (3, 0) })
        {
            await Eventually.Async(async () => (await NoticesAsync(host)).Single().Attempts == attempt);
            Assert.Equal(attempt, Chat.Bodies.Count);
            Clock.Advance(TimeSpan.FromSeconds(pause));
        }

        var notice = Assert.Single(await NoticesAsync(host));
        Assert.Equal((NoticeState.GivenUp, null), (notice.State, notice.DueAt));
    }

    [Fact]
    public async Task A_dead_channel_holds_up_neither_others_nor_decisions()
    {
        var never = new TaskCompletionSource();
        Chat.Answer = context => never.Task.WaitAsync(context.RequestAborted);
        var host = await StartAsync([.. Slack(), .. ByMail()]);
        var prompt = await ParkAsync(host, Given.Prompt());

        await UntilAsync(host, NoticeState.Sent, 1);
        Assert.Single(Mail.Mails);
        Assert.Equal(HttpStatusCode.OK, (await host.As("ann").VoteAsync(prompt.TicketId, Given.Yes())).StatusCode);
    }

    [Fact]
    public async Task A_channel_that_wants_to_be_left_alone_is()
    {
        Chat.Answer = context =>
        {
            context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            context.Response.Headers.RetryAfter = "300";
            return Task.CompletedTask;
        };
        var host = await StartAsync(Slack());
        await ParkAsync(host, Given.Prompt(stages: [Given.Stage(minutes: 60)]));
        await Eventually.Async(async () => (await NoticesAsync(host)).Single().Attempts == 1);

        var rest = await host.ReadAsync(store => store.Set<NoticeChannel>().SingleAsync());

        Assert.Equal(Given.Start.AddMinutes(5), rest.DueAt);
    }

    [Fact]
    public async Task Neither_addresses_nor_excerpts_reach_a_log()
    {
        Chat.Refuse(HttpStatusCode.InternalServerError);
        var host = await StartAsync([.. Slack(), .. ByMail()]);
        await ParkAsync(host, Given.Prompt());
        await UntilAsync(host, NoticeState.Sent, 1);
        await Eventually.Async(() => Task.FromResult(Logs.All.Any(line => line.Contains("did not take a message", StringComparison.Ordinal))));

        Assert.DoesNotContain(Logs.All, line => line.Contains(ChatServer.Secret, StringComparison.Ordinal));
        Assert.DoesNotContain(Logs.All, line => line.Contains("use [SECRET] to sign in", StringComparison.Ordinal));
    }

    [Fact]
    public async Task No_span_holds_the_address_of_a_webhook()
    {
        var spans = new ConcurrentQueue<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "System.Net.Http",
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span => spans.Enqueue(string.Join(' ', span.Tags)),
        };
        ActivitySource.AddActivityListener(listener);
        var host = await StartAsync(Slack());

        await ParkAsync(host, Given.Prompt());
        await UntilAsync(host, NoticeState.Sent, 1);
        await host.As("ann").GetAsync("/api/reviews", TestContext.Current.CancellationToken);

        Assert.Contains(spans, span => span.Contains("/api/reviews", StringComparison.Ordinal));
        Assert.DoesNotContain(spans, span => span.Contains(ChatServer.Secret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_taken_and_what_was_not_is_counted_by_kind()
    {
        Chat.Refuse(HttpStatusCode.InternalServerError);
        var host = await StartAsync([.. Slack(), .. ByMail()]);
        var counted = new ConcurrentQueue<string>();
        using var listener = new MeterListener();
        var meters = host.Services.GetRequiredService<IMeterFactory>();
        listener.InstrumentPublished = (instrument, ear) =>
        {
            if (instrument.Meter.Scope == meters && instrument.Name.StartsWith("approvals.notices.", StringComparison.Ordinal)) ear.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => counted.Enqueue($"{instrument.Name} {tags[0].Value} {value}"));
        listener.Start();

        await ParkAsync(host, Given.Prompt());

        await Eventually.Async(() => Task.FromResult(counted.Count == 2));
        Assert.Equal(["approvals.notices.failed slack 1", "approvals.notices.sent mail 1"], counted.Order(StringComparer.Ordinal));
    }
}
