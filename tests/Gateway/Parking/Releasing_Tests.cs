using System.Net;
using System.Net.Http.Json;
using System.Text;
using Contracts;
using Contracts.Api;
using Contracts.Messages;
using Gateway.Parking;
using Gateway.Storage;
using Gateway.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Tests.Parking;

/// <summary>From a decision to an answer: one execution, the same bytes for everybody who asks.</summary>
public sealed class Releasing_Tests(SharedGateway shared)
{
    private readonly GatewayHost host = shared.Host;
    private readonly HttpClient alice = shared.Host.Caller();

    [Fact]
    public async Task A_reviewers_yes_sends_the_very_bytes_that_were_reviewed()
    {
        var model = shared.Upstream.Model(Answers.Chat("All good."));
        var body = $$""" {"zeta":1.0,  "messages":[{"role":"user","content":"Why does \u0041{{Calls.Secret[1..]}} fail?"}],"model":"{{model}}"} """;
        var waiting = alice.PostAsync(Calls.Chat, body, ("X-Stainless-Timeout", "600"));
        var ticket = await host.TicketOfAsync(model);
        Assert.Empty(shared.Upstream.For(model));

        var ada = await host.PersonAsync();
        await Eventually.TrueAsync(async () => (await ada.GetReplyAsync($"/api/reviews/{ticket.Id}")).Status == HttpStatusCode.OK, "the review");
        var vote = await ada.PostAsJsonAsync($"/api/reviews/{ticket.Id}/votes", new CastVote { OperationId = Guid.NewGuid(), Approve = true, Digest = ticket.Digest }, JsonWire.Options, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, vote.StatusCode);

        var reply = await waiting;
        Assert.Equal((HttpStatusCode.OK, Answers.ChatBody("All good.")), (reply.Status, reply.Text));
        Assert.Equal(body, shared.Upstream.Only(model).Text);
        Assert.Equal(ticket.Id, reply.Header("x-approval-id"));
        await host.TicketWhenAsync(ticket.Id, t => t.Status == ApprovalStatus.Completed);
    }

    [Fact]
    public async Task The_steps_of_a_release_change_only_what_is_written_past_the_mapper()
    {
        var parked = await host.ParkAsync(alice, shared.Upstream.Model(Answers.Chat("Nobody asks.")));
        await using var store = await host.Services.GetRequiredService<IDbContextFactory<GatewayStore>>().CreateDbContextAsync(TestContext.Current.CancellationToken);
        var (ticket, now) = (await store.Set<Ticket>().SingleAsync(t => t.Id == parked.Id, TestContext.Current.CancellationToken), parked.ParkedAt);

        Assert.True(ticket.Decide(new() { TicketId = ticket.Id, Outcome = ApprovalStatus.Releasing, Digest = ticket.Digest, DecidedBy = [new PersonRef("riley", "Riley")], Reason = "Why not.", DecidedAt = now }, now));
        Assert.True(ticket.TryClaim(now, TimeSpan.FromMinutes(1)));
        ticket.Extend(now + TimeSpan.FromMinutes(2));
        Assert.True(ticket.LetGo(1));
        Assert.True(ticket.TryClaim(now, TimeSpan.FromMinutes(1)));
        Assert.True(ticket.Unclaim(2));
        Assert.True(ticket.Settle(true, 200, "application/json", Guid.NewGuid(), now));

        store.ChangeTracker.DetectChanges();
        Assert.Empty(store.Entry(ticket).Members.Where(member => member.IsModified).Select(member => member.Metadata.Name).Except(TicketWriter.Columns)); // and nothing is saved
    }

    [Fact]
    public async Task Of_two_who_read_the_same_released_ticket_one_may_run_it()
    {
        var model = shared.Upstream.Model(Answers.Chat("Once."));
        var gone = host.Caller();
        var waiting = gone.WaitForAsync(model);
        var ticket = await host.TicketOfAsync(model);
        gone.CancelPendingRequests();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await host.TicketWhenAsync(ticket.Id, t => t.CallerUntil is null); // nobody is left to run it
        await host.DecideAsync(ticket);
        await host.TicketWhenAsync(ticket.Id, t => t.Status == ApprovalStatus.Releasing);
        var steps = host.Services.GetRequiredService<TicketSteps>();
        var (one, two) = (await host.TicketAsync(ticket.Id), await host.TicketAsync(ticket.Id));

        var claimed = await steps.ClaimAsync(ticket.Id, TestContext.Current.CancellationToken, one);

        Assert.Equal(1, claimed?.Attempts);
        Assert.Null(await steps.ClaimAsync(ticket.Id, TestContext.Current.CancellationToken, two));
        Assert.Equal(1, (await host.TicketAsync(ticket.Id)).Attempts);
    }

    [Theory]
    [InlineData(Calls.Chat, false)]
    [InlineData(Calls.Messages, false)]
    [InlineData(Calls.Responses, false)]
    [InlineData(Calls.Chat, true)]
    [InlineData(Calls.Messages, true)]
    [InlineData(Calls.Responses, true)]
    public async Task A_no_is_403_with_the_reviewers_words_in_the_providers_shape(string route, bool stream)
    {
        var model = shared.Upstream.Model(Answers.Chat("never"));
        var ticket = await host.ParkAsync(alice, model, route: route, stream: stream);
        await host.DecideAsync(ticket, ApprovalStatus.Rejected, reason: "Contains a live key");

        var reply = await alice.WaitForAsync(model, route: route, stream: stream);

        Assert.Equal("approval_rejected", reply.AssertError(route, HttpStatusCode.Forbidden));
        Assert.Contains("Contains a live key", reply.Text, StringComparison.Ordinal);
        Assert.Equal("false", reply.Header("x-should-retry"));
        Assert.Equal("rejected", reply.Header("x-approval-status"));
        Assert.Empty(shared.Upstream.For(model));
    }

    [Theory]
    [InlineData(ApprovalStatus.Expired, "approval_expired")]
    [InlineData(ApprovalStatus.Cancelled, "approval_cancelled")]
    [InlineData(ApprovalStatus.Revoked, "approval_revoked")]
    public async Task Every_other_end_without_a_yes_is_403_too(ApprovalStatus outcome, string code)
    {
        var model = shared.Upstream.Model(Answers.Chat("never"));
        var waiting = alice.WaitForAsync(model);
        await host.DecideAsync(await host.TicketOfAsync(model), outcome);
        Assert.Equal(code, (await waiting).AssertError(Calls.Chat, HttpStatusCode.Forbidden));
        Assert.Empty(shared.Upstream.For(model));
    }

    [Theory]
    [InlineData(ApprovalStatus.Completed)]
    [InlineData(ApprovalStatus.Failed)]
    [InlineData(ApprovalStatus.Approved)]
    [InlineData(ApprovalStatus.Pending)]
    public async Task What_is_no_decision_decides_nothing(ApprovalStatus outcome)
    {
        var model = shared.Upstream.Model(Answers.Chat("never"));
        var ticket = await host.ParkAsync(alice, model);
        await host.Steps.DecideAsync(new() { TicketId = ticket.Id, Outcome = outcome, Digest = ticket.Digest, DecidedBy = [], DecidedAt = ticket.ParkedAt }, TestContext.Current.CancellationToken);
        Assert.Equal(ApprovalStatus.Pending, (await host.TicketAsync(ticket.Id)).Status);
        Assert.Equal(HttpStatusCode.OK, (await alice.GetReplyAsync($"/v1/approvals/{ticket.Id}")).Status);
    }

    [Fact]
    public async Task A_decision_about_another_text_releases_nothing()
    {
        var model = shared.Upstream.Model(Answers.Chat("never"));
        var ticket = await host.ParkAsync(alice, model);
        await host.Steps.DecideAsync(new() { TicketId = ticket.Id, Outcome = ApprovalStatus.Releasing, Digest = new string('0', 64), DecidedBy = [], DecidedAt = ticket.ParkedAt }, TestContext.Current.CancellationToken);

        Assert.Equal(ApprovalStatus.Pending, (await host.TicketAsync(ticket.Id)).Status);
        Assert.Empty(await host.TrailAsync(e => e.TicketId == ticket.Id && e.Kind == "decision"));
        Assert.Contains(host.Logs.All, line => line.Contains(ticket.Id, StringComparison.Ordinal) && line.Contains("another text", StringComparison.Ordinal));
        Assert.Empty(shared.Upstream.For(model));
    }

    [Fact]
    public async Task A_decision_that_is_delivered_many_times_executes_once_and_the_first_outcome_stays()
    {
        var model = shared.Upstream.Model(Answers.Chat("Once."));
        var ticket = await host.ParkAsync(alice, model);
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => host.DecideAsync(ticket)));
        await host.TicketWhenAsync(ticket.Id, t => t.Status == ApprovalStatus.Completed);
        await host.DecideAsync(ticket);
        await host.Steps.DecideAsync(new() { TicketId = ticket.Id, Outcome = ApprovalStatus.Rejected, Digest = ticket.Digest, DecidedBy = [], DecidedAt = ticket.ParkedAt }, TestContext.Current.CancellationToken);

        Assert.Equal((ApprovalStatus.Completed, 1), ((await host.TicketAsync(ticket.Id)) is var t ? (t.Status, t.Attempts) : default));
        shared.Upstream.Only(model);
        Assert.Single(await host.TrailAsync(e => e.TicketId == ticket.Id && e.Kind == "decision"));
        Assert.Single(await host.TrailAsync(e => e.TicketId == ticket.Id && e.Kind == "execution"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Thirty_who_wait_get_one_execution_and_the_same_bytes(bool stream)
    {
        var events = Answers.ChatStream("My card is 4111 1111", " 1111 1111 ", "bye");
        var model = shared.Upstream.Model(stream ? Answers.Events(events) : Answers.Chat("My card is 4111 1111 1111 1111 bye"));
        var waiting = Enumerable.Range(0, 30).Select(_ => alice.WaitForAsync(model, stream: stream)).ToList();
        var ticket = await host.TicketOfAsync(model);
        await host.TicketWhenAsync(ticket.Id, t => t.Joins == 29);
        await host.DecideAsync(ticket);

        var replies = await Task.WhenAll(waiting);
        Assert.All(replies, reply => Assert.Equal(HttpStatusCode.OK, reply.Status));
        shared.Upstream.Only(model);
        // Streams begin with the comment lines that kept them open.
        var answers = replies.Select(r => string.Concat(r.Text.Split('\n').Where(line => !line.StartsWith(':') && line.Length > 0))).Distinct().ToList();
        Assert.Contains("[CARD hidden]", Assert.Single(answers), StringComparison.Ordinal);
        var later = await alice.WaitForAsync(model, stream: stream);
        Assert.Equal(stream ? "text/event-stream" : "application/json", later.Message.Content.Headers.ContentType?.MediaType);
        Assert.Equal(later.Body, (await alice.GetReplyAsync($"/v1/approvals/{ticket.Id}/result")).Body);
        Assert.Single(await host.TrailAsync(e => e.TicketId == ticket.Id && e.Kind == "execution"));
    }

    [Fact]
    public async Task A_stored_answer_is_given_again_byte_for_byte()
    {
        const string odd = """{ "id":"x",  "caf\u00e9":"\/" , "n":1.00 }""";
        var model = shared.Upstream.Model(Answers.Json(odd, 201));
        var ticket = await host.ParkAsync(alice, model);
        Assert.Equal("approval_pending", (await alice.GetReplyAsync($"/v1/approvals/{ticket.Id}/result")).AssertError(Calls.Chat, HttpStatusCode.RequestTimeout));
        await host.DecideAsync(ticket);

        var polled = await alice.GetReplyAsync($"/v1/approvals/{ticket.Id}", ("Prefer", "wait=30"));
        Assert.Equal(("completed", $"/v1/approvals/{ticket.Id}/result"), ((string?)polled.Json["status"], (string?)polled.Json["resultUrl"]));
        for (var i = 0; i < 2; i++)
        {
            var result = await alice.GetReplyAsync($"/v1/approvals/{ticket.Id}/result");
            Assert.Equal((201, odd, "completed"), ((int)result.Status, result.Text, result.Header("x-approval-status")));
        }
        Assert.Equal(odd, (await alice.WaitForAsync(model)).Text);
        shared.Upstream.Only(model);
    }

    [Fact]
    public async Task An_error_of_the_model_is_kept_and_given_again()
    {
        var model = shared.Upstream.Model(Answers.Json("""{"error":{"message":"overloaded"}}""", 529));
        var waiting = alice.WaitForAsync(model);
        var ticket = await host.TicketOfAsync(model);
        await host.DecideAsync(ticket);

        foreach (var reply in new[] { await waiting, await alice.WaitForAsync(model), await alice.GetReplyAsync($"/v1/approvals/{ticket.Id}/result") })
            Assert.Equal((529, """{"error":{"message":"overloaded"}}"""), ((int)reply.Status, reply.Text));
        shared.Upstream.Only(model);
        Assert.Equal(ApprovalStatus.Failed, (await host.TicketAsync(ticket.Id)).Status);
        var entry = Assert.Single(await host.TrailAsync(e => e.TicketId == ticket.Id && e.Kind == "execution"));
        Assert.Equal(("failed", 529), (entry.Outcome, entry.StatusCode));
    }

    [Fact]
    public async Task A_caller_that_hangs_up_during_the_execution_finds_the_answer_later()
    {
        var gate = new TaskCompletionSource();
        var model = shared.Upstream.Model(Answers.Behind(gate.Task, Answers.Chat("Kept for you.")));
        using var gone = new CancellationTokenSource();
        using var content = new StringContent(Calls.Body(Calls.Chat, model, Tickets.Risky()), Encoding.UTF8, "application/json");
        var call = alice.PostAsync(Calls.Chat, content, gone.Token);
        var ticket = await host.TicketOfAsync(model);
        await host.DecideAsync(ticket);
        await Eventually.TrueAsync(() => Task.FromResult(shared.Upstream.For(model).Count == 1), "the model was called");
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        gate.SetResult();

        Assert.Equal(Answers.ChatBody("Kept for you."), (await alice.WaitForAsync(model)).Text);
        shared.Upstream.Only(model);
    }

    [Fact]
    public async Task A_caller_that_was_told_to_poll_gets_its_answer_by_polling()
    {
        var model = shared.Upstream.Model(Answers.Chat("Polled."));
        var told = await alice.PostAsync(Calls.Chat, Calls.Body(Calls.Chat, model, Tickets.Risky()), ("X-Stainless-Timeout", "1"));
        Assert.Equal("approval_pending", told.AssertError(Calls.Chat, HttpStatusCode.RequestTimeout));
        var ticket = await host.TicketOfAsync(model);
        await host.DecideAsync(ticket);

        var polled = await alice.GetReplyAsync(told.Header("Location")!, ("Prefer", "wait=30"));
        Assert.Equal("completed", (string?)polled.Json["status"]);
        Assert.Equal(Answers.ChatBody("Polled."), (await alice.GetReplyAsync($"/v1/approvals/{ticket.Id}/result")).Text);
    }

    [Fact]
    public async Task A_cancelled_ticket_refuses_those_who_wait_and_cannot_be_cancelled_against_a_decision()
    {
        var model = shared.Upstream.Model(Answers.Chat("never"));
        var waiting = alice.WaitForAsync(model);
        var ticket = await host.TicketOfAsync(model);
        var ada = await host.PersonAsync();
        await Eventually.TrueAsync(async () => (await ada.GetReplyAsync($"/api/reviews/{ticket.Id}")).Status == HttpStatusCode.OK, "the review");

        var cancelled = await alice.PostAsync($"/v1/approvals/{ticket.Id}/cancel", "");
        Assert.Equal((HttpStatusCode.Accepted, "cancelled"), (cancelled.Status, (string?)cancelled.Json["status"]));
        Assert.Equal("approval_cancelled", (await waiting).AssertError(Calls.Chat, HttpStatusCode.Forbidden));

        var other = await host.ParkAsync(alice, shared.Upstream.Model(Answers.Chat("done")));
        await host.DecideAsync(other, ApprovalStatus.Rejected);
        await host.TicketWhenAsync(other.Id, t => t.Status == ApprovalStatus.Rejected);
        var late = await alice.PostAsync($"/v1/approvals/{other.Id}/cancel", "");
        Assert.Equal((HttpStatusCode.Conflict, "rejected"), (late.Status, (string?)late.Json["status"]));
        Assert.Empty(shared.Upstream.For(model));
    }

    [Fact]
    public async Task Nobody_waits_for_a_ticket_that_nobody_waits_for()
    {
        var model = shared.Upstream.Model(Answers.Chat("hello"));
        await using var own = await GatewayHost.StartAsync(shared.Upstream);
        var caller = own.Caller();
        var ticket = await own.ParkAsync(caller, model);
        await own.DecideAsync(ticket);
        await caller.GetReplyAsync($"/v1/approvals/{ticket.Id}", ("Prefer", "wait=30"));
        await caller.WaitForAsync(model);
        await caller.GetReplyAsync($"/v1/approvals/{ticket.Id}", ("Prefer", "wait=1"));
        Assert.Equal(0, own.Watched);
    }
}
