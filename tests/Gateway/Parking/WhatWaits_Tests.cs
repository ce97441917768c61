using System.Data.Common;
using Contracts;
using Gateway.Risk;
using Gateway.Storage;
using Gateway.Tests.Support;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Tests.Parking;

/// <summary>What a call costs while it waits: a connection and the name of a ticket. All else is in the store.</summary>
public sealed class WhatWaits_Tests(SharedGateway shared)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Of_the_prompt_nothing_is_kept_and_what_people_release_is_read_back(bool stream)
    {
        var read = new Texts();
        await using var host = await GatewayHost.StartAsync(shared.Upstream, services: services => services.AddSingleton<IRiskDetector>(read));
        var model = shared.Upstream.Model(stream ? Answers.Events(Answers.ChatStream("Hello ", "there ")) : Answers.Chat("Hello there"));
        var waiting = host.Caller().WaitForAsync(model, stream: stream);
        await Eventually.TrueAsync(() => Task.FromResult(host.Watched == 1), "it waits");
        Assert.NotEqual(0, read.Count);

        await Eventually.TrueAsync(() =>
        {
            GC.Collect();
            return Task.FromResult(read.Alive == 0);
        }, "nobody holds the prompt");

        Assert.Equal(1, host.Watched);
        await host.DecideAsync(await host.TicketOfAsync(model));
        Assert.Contains("there", (await waiting).Text, StringComparison.Ordinal);
        Assert.Contains(Calls.Secret, System.Text.Encoding.UTF8.GetString(shared.Upstream.Only(model).Body), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sign_of_life_reads_nothing()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
        var commands = new Commands();
        await using var host = await GatewayHost.StartAsync(shared.Upstream, clock: clock, services: services => services.AddKeyedSingleton<IInterceptor>(typeof(GatewayStore), commands));
        var model = shared.Upstream.Model(Answers.Chat("never"));
        using var request = new HttpRequestMessage(HttpMethod.Post, Calls.Chat) { Content = new StringContent(Calls.Body(Calls.Chat, model, Tickets.Risky(), stream: true), System.Text.Encoding.UTF8, "application/json") };
        var sending = host.Caller().SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        await Eventually.TrueAsync(() =>
        {
            if (host.Watched == 1) clock.Advance(TimeSpan.FromMilliseconds(200)); // past the stream's grace
            return Task.FromResult(sending.IsCompleted);
        }, "the stream is open");
        using var response = await sending;
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        Assert.StartsWith(": approval pending apr_", await reader.ReadLineAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        await Eventually.TrueAsync(() => Task.FromResult(host.Watched == 1), "it waits");
        var before = commands.WholeTickets;

        for (var signs = 0; signs < 5;)
        {
            var line = reader.ReadLineAsync(TestContext.Current.CancellationToken).AsTask();
            await Eventually.TrueAsync(() =>
            {
                if (!line.IsCompleted) clock.Advance(TimeSpan.FromMilliseconds(100));
                return Task.FromResult(line.IsCompleted);
            }, "a sign of life");
            if ((await line)!.StartsWith(": approval pending", StringComparison.Ordinal)) signs++;
        }

        Assert.Equal(before, commands.WholeTickets);
    }

    [Fact]
    public async Task A_release_reads_its_ticket_to_decide_and_not_again_to_wake_to_claim_and_to_settle()
    {
        var commands = new Commands();
        await using var host = await GatewayHost.StartAsync(shared.Upstream, clock: new FakeTimeProvider(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero)), services: services => services.AddKeyedSingleton<IInterceptor>(typeof(GatewayStore), commands));
        var model = shared.Upstream.Model(Answers.Chat("Hello there"));
        var waiting = host.Caller().WaitForAsync(model);
        var ticket = await host.TicketOfAsync(model);
        await Eventually.TrueAsync(() => Task.FromResult(host.Watched == 1 && commands.WholeTickets == 1), "it waits, and has read what it waits for");

        await host.DecideAsync(ticket);

        Assert.Contains("Hello there", (await waiting).Text, StringComparison.Ordinal);
        Assert.Equal(2, commands.WholeTickets);
    }

    /// <summary>Remembers the texts it was shown without keeping them.</summary>
    private sealed class Texts : IRiskDetector
    {
        private readonly List<WeakReference> seen = [];

        public IReadOnlyList<DetectorProfile> Profiles { get; } = [new("test.texts", RiskCategory.Secret, "SECRET", [], [])];
        public bool ReadsAnswers => false;

        public int Count
        {
            get
            {
                lock (seen) return seen.Count;
            }
        }

        public int Alive
        {
            get
            {
                lock (seen) return seen.Count(text => text.IsAlive);
            }
        }

        public void Detect(InspectedText text, List<Finding> found)
        {
            if (!text.Text.Contains(Calls.Secret, StringComparison.Ordinal)) return; // words of the code itself never go
            lock (seen) seen.Add(new WeakReference(text.Text));
        }
    }

    private sealed class Commands : DbCommandInterceptor
    {
        private int wholeTickets;

        /// <summary>Read by their id, as the product does; the test looks for its ticket by the model.</summary>
        public int WholeTickets => Volatile.Read(ref wholeTickets);

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            if (command.CommandText.StartsWith("SELECT", StringComparison.Ordinal) && command.CommandText.Contains("\"ForwardedHeaders\"", StringComparison.Ordinal) && command.CommandText.Contains(".\"Id\" = ", StringComparison.Ordinal)) Interlocked.Increment(ref wholeTickets);
            return ValueTask.FromResult(result);
        }
    }
}
