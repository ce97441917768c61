using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Approvals.Tests.Support;
using Contracts;
using Contracts.Messages;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Tests.Telemetry;

/// <summary>What a person on duty can read off the reviewers' side.</summary>
public sealed class Figures : IAsyncLifetime
{
    private readonly TempStore file = new();
    private readonly MeterListener listener = new();
    private readonly ConcurrentQueue<(Instrument Instrument, double Value, Dictionary<string, object?> Tags)> heard = new();
    private readonly ConcurrentQueue<Instrument> instruments = new();
    private ApprovalsHost host = null!; // set before every test

    public async ValueTask InitializeAsync()
    {
        host = await ApprovalsHost.StartAsync(file);
        var meters = host.Services.GetRequiredService<IMeterFactory>();
        listener.InstrumentPublished = (instrument, ear) =>
        {
            if (instrument.Meter.Name != "Approvals" || instrument.Meter.Scope != meters) return;
            instruments.Enqueue(instrument);
            ear.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => heard.Enqueue((instrument, value, new(tags.ToArray()))));
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => heard.Enqueue((instrument, value, new(tags.ToArray()))));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => heard.Enqueue((instrument, value, new(tags.ToArray()))));
        listener.Start();
    }

    public async ValueTask DisposeAsync()
    {
        listener.Dispose();
        await host.DisposeAsync();
        file.Dispose();
    }

    [Fact]
    public async Task Reviews_are_counted_by_their_outcome_and_by_who_brought_it()
    {
        var (released, rejected, cancelled, expired) = (await host.ParkAsync(), await host.ParkAsync(), await host.ParkAsync(), await host.ParkAsync());
        host.Clock.Advance(TimeSpan.FromSeconds(40));

        await host.As("ann").VoteAsync(released.TicketId, Given.Yes());
        await host.As("ann").VoteAsync(rejected.TicketId, Given.No());
        await host.PublishAsync(new CancelReview(cancelled.TicketId, "carol", host.Clock.GetUtcNow()));
        await DecidedAsync(3);
        host.Clock.Advance(TimeSpan.FromMinutes(10));
        await DecidedAsync(4);

        Assert.Equal(4, Sum("approvals.reviews.opened"));
        Assert.Equal(["cancelled by caller", "expired by time", "rejected by people", "releasing by people"],
            heard.Where(m => m.Instrument.Name == "approvals.reviews.decided").Select(m => $"{m.Tags["approvals.outcome"]} by {m.Tags["approvals.decided_by"]}").Order());
        Assert.Equal([40, 40, 40, 640], heard.Where(m => m.Instrument.Name == "approvals.reviews.decision.duration").Select(m => m.Value).Order());
    }

    [Fact]
    public async Task A_decision_told_twice_is_counted_once()
    {
        var prompt = await host.ParkAsync();
        var operation = Guid.NewGuid();

        await host.As("ann").VoteAsync(prompt.TicketId, Given.Yes(operation));
        await host.As("ann").VoteAsync(prompt.TicketId, Given.Yes(operation));
        await host.PublishAsync(prompt);
        await host.Heard.WaitAsync<ReviewDecided>(decided => decided.TicketId == prompt.TicketId, 2);

        Assert.Equal((1, 1), (Sum("approvals.reviews.opened"), Sum("approvals.reviews.decided")));
    }

    [Fact]
    public async Task What_waits_and_since_when_is_looked_up_every_five_seconds_and_not_when_it_is_asked_for()
    {
        await host.ParkAsync();
        host.Clock.Advance(TimeSpan.FromSeconds(2));
        await host.ParkAsync();
        host.Clock.Advance(TimeSpan.FromSeconds(5));

        await Eventually.Async(() => Task.FromResult(Look("approvals.reviews.pending") == 2));
        Assert.Equal(7, Look("approvals.reviews.pending.age"));
        await host.ParkAsync();
        Assert.Equal(2, Look("approvals.reviews.pending"));

        host.Clock.Advance(TimeSpan.FromSeconds(5));
        await Eventually.Async(() => Task.FromResult(Look("approvals.reviews.pending") == 3));
        Assert.Equal(12, Look("approvals.reviews.pending.age"));
    }

    [Fact]
    public async Task A_console_counts_while_it_listens()
    {
        var console = new HubConnectionBuilder()
            .WithUrl(new Uri(host.Address, "/hubs/reviews"), http => http.Headers.Add(HeaderPeople.Header, HeaderPeople.Describe("ann"))).Build();
        await console.StartAsync(TestContext.Current.CancellationToken);
        await Eventually.Async(() => Task.FromResult(Sum("approvals.consoles.connected") == 1));

        await console.DisposeAsync();

        await Eventually.Async(() => Task.FromResult(Sum("approvals.consoles.connected") == 0));
    }

    [Fact]
    public void Every_instrument_says_what_it_is_and_in_which_unit()
    {
        host.Services.GetRequiredService<global::Approvals.Alerts.MessageFaultMetrics>();

        Assert.True(instruments.Count >= 9, $"{instruments.Count} instruments");
        Assert.All(instruments, instrument =>
        {
            Assert.Matches(@"^approvals\.[a-z_.]+$", instrument.Name);
            Assert.False(string.IsNullOrWhiteSpace(instrument.Unit), instrument.Name);
            Assert.False(string.IsNullOrWhiteSpace(instrument.Description), instrument.Name);
        });
    }

    private double Sum(string instrument) => heard.Where(m => m.Instrument.Name == instrument).Sum(m => m.Value);

    private double Look(string gauge)
    {
        listener.RecordObservableInstruments();
        return heard.Last(m => m.Instrument.Name == gauge).Value;
    }

    private Task DecidedAsync(int count) => Eventually.Async(() => Task.FromResult(heard.Count(m => m.Instrument.Name == "approvals.reviews.decided") == count));
}
