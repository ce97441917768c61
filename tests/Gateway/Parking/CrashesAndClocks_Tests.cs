using System.Collections.Concurrent;
using System.Net;
using Contracts;
using Contracts.Messages;
using Gateway.Parking;
using Gateway.Tests.Support;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Shared;

namespace Gateway.Tests.Parking;

/// <summary>Nothing lost, nothing twice: what a crash, a lost message or a slow process leaves behind is made good.</summary>
public sealed class CrashesAndClocks_Tests(SharedGateway shared) : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private readonly FakeTimeProvider clock = new(Start);
    private readonly string data = Directory.CreateTempSubdirectory("gateway-test-").FullName;
    private GatewayHost host = null!; // set before each test
    private HttpClient alice = null!;

    public async ValueTask InitializeAsync() => await StartAsync();

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        Directory.Delete(data, recursive: true);
    }

    [Fact]
    public async Task Hanging_up_is_not_cancelling_and_nothing_is_sent_while_nobody_is_there()
    {
        var model = shared.Upstream.Model(Answers.Chat("Still here."));
        var ticket = await ParkAndHangUpAsync(model);
        await host.Steps.DecideAsync(Yes(ticket), TestContext.Current.CancellationToken);
        Assert.Equal(ApprovalStatus.Releasing, (await host.TicketAsync(ticket.Id)).Status);
        Assert.Empty(shared.Upstream.For(model));

        Assert.Equal(Answers.ChatBody("Still here."), (await alice.WaitForAsync(model)).Text);
        shared.Upstream.Only(model);
    }

    [Fact]
    public async Task Who_still_waits_when_a_dead_processs_lease_lapses_takes_over_and_one_execution_is_recorded()
    {
        var model = shared.Upstream.Model(Answers.Chat("Second try."));
        var ticket = await ParkAndHangUpAsync(model);
        await host.Steps.DecideAsync(Yes(ticket), TestContext.Current.CancellationToken);
        Assert.NotNull(await host.Steps.ClaimAsync(ticket.Id, TestContext.Current.CancellationToken)); // by a process that dies now
        var waiting = alice.WaitForAsync(model);
        await host.TicketWhenAsync(ticket.Id, t => t.Joins == 1);
        Assert.Empty(shared.Upstream.For(model));

        clock.Advance(TimeSpan.FromSeconds(61));

        Assert.Equal(Answers.ChatBody("Second try."), (await waiting).Text);
        shared.Upstream.Only(model);
        Assert.Equal(2, (await host.TicketAsync(ticket.Id)).Attempts);
        var entry = Assert.Single(await host.TrailAsync(e => e.TicketId == ticket.Id && e.Kind == "execution"));
        Assert.Contains("Attempt 2", entry.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_people_did_comes_with_their_decision_and_is_recorded_once_however_often_and_in_whatever_way_it_is_told()
    {
        var ticket = await ParkAndHangUpAsync(shared.Upstream.Model(Answers.Chat("never")));
        var (ann, ben) = (Act(ticket, "ann", Start.AddSeconds(-1)), Act(ticket, "ben", Start));
        await host.Services.GetRequiredService<IBus>().Publish(ann, TestContext.Current.CancellationToken);
        await host.EntryAsync(e => e.FactId == ann.ActionId);
        var decision = Yes(ticket) with { DecidedAt = Start, Acts = [ann, ben] };

        await host.Steps.DecideAsync(decision, TestContext.Current.CancellationToken);
        await host.Steps.DecideAsync(decision, TestContext.Current.CancellationToken);
        await host.Services.GetRequiredService<IBus>().Publish(ben, TestContext.Current.CancellationToken);
        await host.Services.GetRequiredService<IBus>().Publish(Act(ticket, "cleo", Start), TestContext.Current.CancellationToken);
        await host.EntryAsync(e => e.TicketId == ticket.Id && e.Actor == "cleo");

        Assert.Equal(["ann", "ben", "cleo"], (await host.TrailAsync(e => e.TicketId == ticket.Id && e.Kind == "vote.approve")).Select(e => e.Actor).Order());
        Assert.Single(await host.TrailAsync(e => e.TicketId == ticket.Id && e.Kind == "decision"));
    }

    [Fact]
    public async Task What_people_did_is_on_record_even_where_their_decision_is_about_another_text()
    {
        var ticket = await ParkAndHangUpAsync(shared.Upstream.Model(Answers.Chat("never")));
        var act = Act(ticket, "ann", Start);

        for (var i = 0; i < 2; i++) await host.Steps.DecideAsync(Yes(ticket) with { Digest = "another", DecidedAt = Start, Acts = [act] }, TestContext.Current.CancellationToken);

        Assert.Equal(ApprovalStatus.Pending, (await host.TicketAsync(ticket.Id)).Status);
        Assert.Single(await host.TrailAsync(e => e.FactId == act.ActionId));
        await host.Steps.DecideAsync(Yes(ticket) with { DecidedAt = Start, Acts = [act] }, TestContext.Current.CancellationToken);
        Assert.Equal(ApprovalStatus.Releasing, (await host.TicketAsync(ticket.Id)).Status);
        Assert.Single(await host.TrailAsync(e => e.FactId == act.ActionId));
    }

    [Fact]
    public async Task A_decision_hands_its_claim_to_one_who_waits_and_one_that_is_given_back_is_anybodys()
    {
        var ticket = await ParkAndHangUpAsync(shared.Upstream.Model(Answers.Chat("never")));
        var watch = host.Services.GetRequiredService<TicketWatch>();
        Task<Ticket> Wait() => watch.WaitAsync(ticket.Id, now => now.Status.IsDecided(), TimeSpan.FromHours(1), TestContext.Current.CancellationToken, runs: true);
        var (one, two) = (Wait(), Wait());
        await Eventually.TrueAsync(() => Task.FromResult(watch.IsRunHere(ticket.Id)), "they wait");

        await host.Steps.DecideAsync(Yes(ticket), TestContext.Current.CancellationToken);

        var claims = new List<Ticket>();
        foreach (var waited in await Task.WhenAll(one, two))
            if (await host.Steps.ClaimAsync(ticket.Id, TestContext.Current.CancellationToken, waited) is { } claimed) claims.Add(claimed);
        Assert.Equal(1, Assert.Single(claims).Attempts);
        Assert.Equal(1, (await host.TicketAsync(ticket.Id)).Attempts);
        Assert.Null(await host.Steps.ClaimAsync(ticket.Id, TestContext.Current.CancellationToken, claims[0]));
    }

    [Fact]
    public async Task A_claim_that_came_with_the_decision_and_was_not_used_leaves_nothing_behind()
    {
        var ticket = await ParkAndHangUpAsync(shared.Upstream.Model(Answers.Chat("never")));
        var waiting = host.Services.GetRequiredService<TicketWatch>().WaitAsync(ticket.Id, now => now.Status.IsDecided(), TimeSpan.FromHours(1), TestContext.Current.CancellationToken, runs: true);
        await Eventually.TrueAsync(() => Task.FromResult(host.Watched == 1), "somebody waits");
        await host.Steps.DecideAsync(Yes(ticket), TestContext.Current.CancellationToken);

        await host.Steps.GiveBackAsync(await waiting);

        var left = await host.TicketAsync(ticket.Id);
        Assert.Equal((ApprovalStatus.Releasing, 0, null), (left.Status, left.Attempts, left.LeaseUntil));
        Assert.Equal(1, (await host.Steps.ClaimAsync(ticket.Id, TestContext.Current.CancellationToken))?.Attempts);
    }

    private static PersonActed Act(Ticket ticket, string person, DateTimeOffset at) =>
        new() { ActionId = Guid.NewGuid(), Person = new PersonRef(person, person), Action = "vote.approve", TicketId = ticket.Id, At = at };

    [Fact]
    public async Task An_execution_that_a_stopping_process_cannot_finish_is_handed_over_at_once()
    {
        var gate = new TaskCompletionSource();
        var model = shared.Upstream.Model(Answers.Behind(gate.Task, Answers.Chat("After the restart.")));
        var ticket = await host.ParkAsync(alice, model);
        await host.Steps.DecideAsync(Yes(ticket), TestContext.Current.CancellationToken);
        await Eventually.TrueAsync(() => Task.FromResult(shared.Upstream.For(model).Count == 1), "the first call of the model");

        // Told to stop, it goes on for a while; only this test's clock ends that.
        var stopping = host.DisposeAsync().AsTask();
        await Eventually.TrueAsync(() =>
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            return Task.FromResult(stopping.IsCompleted);
        }, "the process ended");
        await stopping;
        gate.SetResult();
        await StartAsync();

        var polled = await host.TicketWhenAsync(ticket.Id, t => t.Status == ApprovalStatus.Completed);
        Assert.Equal(2, polled.Attempts);
        Assert.Equal(Answers.ChatBody("After the restart."), (await alice.GetReplyAsync($"/v1/approvals/{ticket.Id}/result")).Text);
        Assert.Single(await host.TrailAsync(e => e.TicketId == ticket.Id && e.Kind == "execution"));
    }

    [Fact]
    public async Task An_execution_that_takes_longer_than_its_lease_keeps_it()
    {
        var gate = new TaskCompletionSource();
        var model = shared.Upstream.Model(Answers.Behind(gate.Task, Answers.Chat("Slow.")));
        var ticket = await host.ParkAsync(alice, model);
        await host.Steps.DecideAsync(Yes(ticket), TestContext.Current.CancellationToken);
        await Eventually.TrueAsync(() => Task.FromResult(shared.Upstream.For(model).Count == 1), "the call of the model");
        for (var i = 0; i < 5; i++)
        {
            var until = (await host.TicketAsync(ticket.Id)).LeaseUntil;
            // The timer of the renewal is set anew after each one; a small step more finds it wherever it is.
            await Eventually.TrueAsync(async () =>
            {
                clock.Advance(TimeSpan.FromSeconds(5));
                return (await host.TicketAsync(ticket.Id)).LeaseUntil > until;
            }, "the lease renewed");
        }
        gate.SetResult();
        Assert.Equal(1, (await host.TicketWhenAsync(ticket.Id, t => t.Status == ApprovalStatus.Completed)).Attempts);
        shared.Upstream.Only(model);
    }

    [Fact]
    public async Task Of_two_attempts_the_first_that_is_done_counts_and_everybody_gets_its_bytes()
    {
        var gate = new TaskCompletionSource();
        var model = shared.Upstream.Model(Answers.Behind(gate.Task, Answers.Chat("The later one.")));
        var ticket = await ParkAndHangUpAsync(model);
        await host.Steps.DecideAsync(Yes(ticket), TestContext.Current.CancellationToken);
        var stalled = await host.Steps.ClaimAsync(ticket.Id, TestContext.Current.CancellationToken);
        clock.Advance(TimeSpan.FromSeconds(61));
        var waiting = alice.WaitForAsync(model);
        await Eventually.TrueAsync(() => Task.FromResult(shared.Upstream.For(model).Count == 1), "the second attempt");

        var execution = host.Lot.Entry(stalled!, "execution") with { Outcome = "completed" };
        Assert.True(await host.Steps.SettleAsync(ticket, true, 200, "application/json", "{\"first\":1}"u8.ToArray(), execution, TestContext.Current.CancellationToken));
        gate.SetResult();

        Assert.Equal("{\"first\":1}", (await waiting).Text);
        Assert.False(await host.Steps.SettleAsync(ticket, true, 200, "application/json", "{}"u8.ToArray(), execution, TestContext.Current.CancellationToken));
        Assert.Equal("{\"first\":1}", (await alice.WaitForAsync(model)).Text);
        Assert.Single(await host.TrailAsync(e => e.TicketId == ticket.Id && e.Kind == "execution"));
        Assert.Empty(host.Logs.Unhandled);
    }

    [Fact]
    public async Task A_review_that_was_lost_on_the_way_is_opened_by_the_next_announcement()
    {
        var ticket = await host.ParkAsync(alice, shared.Upstream.Model(Answers.Chat("never")));
        var ada = await host.PersonAsync();
        await Eventually.TrueAsync(async () => (await ada.GetReplyAsync($"/api/reviews/{ticket.Id}")).Status == HttpStatusCode.OK, "the review");
        await using (var approvals = new SqliteConnection($"Data Source={Path.Combine(data, "approvals.db")}"))
        {
            await approvals.OpenAsync(TestContext.Current.CancellationToken);
            await using var lose = approvals.CreateCommand();
            lose.CommandText = "DELETE FROM Reviews WHERE Id = $id";
            lose.Parameters.AddWithValue("$id", ticket.Id);
            Assert.Equal(1, await lose.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));
        }
        Assert.Equal(HttpStatusCode.NotFound, (await ada.GetReplyAsync($"/api/reviews/{ticket.Id}")).Status);

        await Eventually.TrueAsync(async () =>
        {
            clock.Advance(TimeSpan.FromSeconds(5));
            return (await ada.GetReplyAsync($"/api/reviews/{ticket.Id}")).Status == HttpStatusCode.OK;
        }, "the review again");
    }

    [Fact]
    public async Task A_decision_of_which_no_message_came_reaches_who_waits_long_before_their_patience_ends()
    {
        var ticket = await ParkAndHangUpAsync(shared.Upstream.Model(Answers.Chat("never")));
        var waiting = alice.WaitForAsync(ticket.Model);
        await host.TicketWhenAsync(ticket.Id, t => t.Joins == 1);
        await Eventually.TrueAsync(() => Task.FromResult(host.Watched == 1), "it waits");
        await using (var gateway = new SqliteConnection($"Data Source={Path.Combine(data, "gateway.db")}"))
        {
            await gateway.OpenAsync(TestContext.Current.CancellationToken);
            await using var decide = gateway.CreateCommand();
            decide.CommandText = "UPDATE Tickets SET Status = $status, AnnounceAt = NULL, Version = Version + 1 WHERE Id = $id";
            decide.Parameters.AddWithValue("$status", nameof(ApprovalStatus.Rejected));
            decide.Parameters.AddWithValue("$id", ticket.Id);
            Assert.Equal(1, await decide.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));
        }

        var passed = TimeSpan.Zero;
        await Eventually.TrueAsync(() =>
        {
            var step = TimeSpan.FromSeconds(passed < TimeSpan.FromMinutes(1) ? 2 : 0);
            clock.Advance(step);
            passed += step;
            return Task.FromResult(waiting.IsCompleted);
        }, "whoever waits is told");

        Assert.Equal(HttpStatusCode.Forbidden, (await waiting).Status);
    }

    [Fact]
    public async Task An_undecided_ticket_is_announced_at_once_after_a_restart_and_a_decided_one_never_again()
    {
        var undecided = await host.ParkAsync(alice, shared.Upstream.Model(Answers.Chat("never")));
        var decided = await host.ParkAsync(alice, shared.Upstream.Model(Answers.Chat("never")));
        await host.Steps.DecideAsync(Yes(decided) with { Outcome = ApprovalStatus.Rejected }, TestContext.Current.CancellationToken);
        // What its parking told is sent before the process ends: what is left in the outbox is no announcement, and is sent by the next.
        await Eventually.TrueAsync(async () => !await host.ReadAsync(store => store.Set<OutboxMessage>().AnyAsync()), "an empty outbox");
        await host.DisposeAsync();

        var announced = new Announced();
        host = await GatewayHost.StartAsync(shared.Upstream, null, clock, data, services: services => services.AddSingleton<IStartupFilter>(new Observe(announced)));
        await Eventually.TrueAsync(() => Task.FromResult(announced.Tickets.Contains(undecided.Id)), "the announcement");
        for (var i = 0; i < 30; i++) clock.Advance(TimeSpan.FromSeconds(5));
        await Eventually.TrueAsync(() => Task.FromResult(announced.Tickets.Count(t => t == undecided.Id) > 1), "the next announcement");
        Assert.DoesNotContain(decided.Id, announced.Tickets);
    }

    [Fact]
    public async Task The_longer_a_ticket_has_waited_the_longer_it_is_until_it_is_announced_again()
    {
        var ticket = await host.ParkAsync(alice, shared.Upstream.Model(Answers.Chat("never")));
        var first = ticket.AnnounceAt - clock.GetUtcNow();
        var later = TimeSpan.Zero;
        await Eventually.TrueAsync(async () =>
        {
            clock.Advance(TimeSpan.FromSeconds(10));
            later = (await host.TicketWhenAsync(ticket.Id, t => t.AnnounceAt != null)).AnnounceAt!.Value - clock.GetUtcNow();
            return later > TimeSpan.FromMinutes(4);
        }, "a longer pause");

        Assert.InRange(first!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        Assert.InRange(later, TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(10));
    }

    [Fact]
    public async Task A_caller_who_may_no_longer_use_the_model_is_refused_at_the_execution()
    {
        var model = shared.Upstream.Model(Answers.Chat("never"));
        var bob = host.Caller(GatewayHost.BobKey);
        var ticket = await host.ParkAsync(bob, model);
        await host.DisposeAsync();
        await StartAsync(new() { ["Callers:1:Models:0"] = "m-something-else" });
        await host.Steps.DecideAsync(Yes(ticket), TestContext.Current.CancellationToken);

        var settled = await host.TicketWhenAsync(ticket.Id, t => t.Status == ApprovalStatus.Failed);
        Assert.Equal(403, settled.ResultStatus);
        var result = await host.Caller(GatewayHost.BobKey).GetReplyAsync($"/v1/approvals/{ticket.Id}/result");
        Assert.Equal("caller_not_allowed", result.AssertError(Calls.Chat, HttpStatusCode.Forbidden));
        Assert.Equal("failed", Assert.Single(await host.TrailAsync(e => e.TicketId == ticket.Id && e.Kind == "execution")).Outcome);
        Assert.Empty(shared.Upstream.For(model));
    }

    [Fact]
    public async Task A_caller_that_was_removed_is_refused_at_the_execution()
    {
        var model = shared.Upstream.Model(Answers.Chat("never"));
        var ticket = await host.ParkAsync(host.Caller(GatewayHost.BobKey), model);
        await host.DisposeAsync();
        await StartAsync(new() { ["Callers:1:Subject"] = "carol" });
        await host.Steps.DecideAsync(Yes(ticket), TestContext.Current.CancellationToken);

        Assert.Equal(403, (await host.TicketWhenAsync(ticket.Id, t => t.Status == ApprovalStatus.Failed)).ResultStatus);
        Assert.Equal(HttpStatusCode.NotFound, (await host.Caller(GatewayHost.BobKey).GetReplyAsync($"/v1/approvals/{ticket.Id}")).Status);
        Assert.Empty(shared.Upstream.For(model));
    }

    [Fact]
    public async Task A_process_that_stops_keeps_nobody_waiting()
    {
        var model = shared.Upstream.Model(Answers.Chat("never"));
        var waiting = alice.WaitForAsync(model);
        var streaming = alice.WaitForAsync(model, stream: true);
        await Eventually.TrueAsync(async () => await host.ReadAsync(store => Task.FromResult(store.Set<Gateway.Parking.Ticket>().Count(t => t.Model == model))) == 2, "both tickets");
        clock.Advance(TimeSpan.FromSeconds(1)); // past the stream's grace

        var started = TimeProvider.System.GetTimestamp();
        await host.StopAsync();

        Assert.Equal("approval_pending", (await waiting).AssertError(Calls.Chat, HttpStatusCode.RequestTimeout));
        Assert.Contains("approval", (await streaming).Text, StringComparison.Ordinal);
        Assert.True(TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(15));
    }

    /// <summary>Parks for a caller that waits on its connection, and goes; so nobody polls and nobody is there.</summary>
    private async Task<Gateway.Parking.Ticket> ParkAndHangUpAsync(string model)
    {
        using var gone = new CancellationTokenSource();
        using var content = new StringContent(Calls.Body(Calls.Chat, model, Tickets.Risky()), System.Text.Encoding.UTF8, "application/json");
        var call = alice.PostAsync(Calls.Chat, content, gone.Token);
        var ticket = await host.TicketOfAsync(model);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await Eventually.TrueAsync(() => Task.FromResult(host.Watched == 0), "the gateway has noticed");
        return ticket;
    }

    private static ReviewDecided Yes(Gateway.Parking.Ticket ticket) =>
        new() { TicketId = ticket.Id, Outcome = ApprovalStatus.Releasing, Digest = ticket.Digest, DecidedBy = [new PersonRef("ada", "Ada")], DecidedAt = Start };

    private async Task StartAsync(Dictionary<string, string?>? settings = null)
    {
        host = await GatewayHost.StartAsync(shared.Upstream, settings, clock, data);
        alice = host.Caller();
    }

    private sealed class Announced : IPublishObserver
    {
        public ConcurrentQueue<string> Tickets { get; } = new();

        public Task PrePublish<T>(PublishContext<T> context) where T : class
        {
            if (context.Message is PromptParked parked) Tickets.Enqueue(parked.TicketId);
            return Task.CompletedTask;
        }

        public Task PostPublish<T>(PublishContext<T> context) where T : class => Task.CompletedTask;

        public Task PublishFault<T>(PublishContext<T> context, Exception exception) where T : class => Task.CompletedTask;
    }

    /// <summary>Listens before the first hosted service runs.</summary>
    private sealed class Observe(Announced announced) : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.ApplicationServices.GetRequiredService<IBus>().ConnectPublishObserver(announced);
            next(app);
        };
    }
}
