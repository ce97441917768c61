using System.Net;
using Contracts;
using Gateway.Tests.Support;

namespace Gateway.Tests.Parking;

/// <summary>Which calls share a ticket, and who may know of it.</summary>
public sealed class Joining_Tests(SharedGateway shared)
{
    private readonly GatewayHost host = shared.Host;
    private readonly HttpClient alice = shared.Host.Caller(), bob = shared.Host.Caller(GatewayHost.BobKey);

    [Fact]
    public async Task The_same_call_thirty_times_at_once_opens_one_ticket()
    {
        var model = shared.Upstream.Model(Answers.Chat("never"));
        var tickets = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => host.ParkAsync(alice, model)));

        Assert.Single(tickets.Select(t => t.Id).Distinct());
        Assert.Equal(29, (await host.TicketAsync(tickets[0].Id)).Joins);
        Assert.Single(await host.TrailAsync(e => e.Model == model && e.Kind == "parked"));
        Assert.Empty(shared.Upstream.For(model));
    }

    [Fact]
    public async Task The_same_body_in_another_spelling_joins_and_another_body_does_not()
    {
        var model = shared.Upstream.Model(Answers.Chat("never"));
        var first = await host.ParkAsync(alice, model);

        var spelled = await alice.PostAsync(Calls.Chat, $$""" { "stream" :false, "messages":[{"content":"Why does \u0041{{Calls.Secret[1..]}} not work? ","role":"user"}],"model":"{{model}}"} """, ("Prefer", "respond-async"));
        var other = await host.ParkAsync(alice, model, "please");

        Assert.Equal(first.Id, spelled.Header("x-approval-id"));
        Assert.NotEqual(first.Id, other.Id);
    }

    [Fact]
    public async Task A_header_asks_for_a_review_of_its_own()
    {
        var model = shared.Upstream.Model(Answers.Chat("never"));
        var first = await host.ParkAsync(alice, model);
        Assert.NotEqual(first.Id, (await host.ParkAsync(alice, model, headers: ("x-approval-new", "true"))).Id);
        Assert.Equal(first.Id, (await host.ParkAsync(alice, model)).Id);
    }

    [Fact]
    public async Task An_idempotency_key_names_the_call_and_is_refused_with_another_body()
    {
        var model = shared.Upstream.Model(Answers.Chat("never"));
        var key = ("Idempotency-Key", Guid.NewGuid().ToString());
        var first = await host.ParkAsync(alice, model, headers: key);

        Assert.Equal(first.Id, (await host.ParkAsync(alice, model, headers: key)).Id);
        Assert.NotEqual(first.Id, (await host.ParkAsync(alice, model, headers: ("Idempotency-Key", "another"))).Id);
        Assert.NotEqual(first.Id, (await host.ParkAsync(bob, model, headers: key)).Id);
        var reused = await alice.PostAsync(Calls.Chat, Calls.Body(Calls.Chat, model, Tickets.Risky("other words")), key, ("Prefer", "respond-async"));
        Assert.Equal("idempotency_key_reused", reused.AssertError(Calls.Chat, HttpStatusCode.UnprocessableEntity));
    }

    [Fact]
    public async Task Another_caller_with_the_same_body_gets_a_ticket_of_its_own_and_cannot_see_the_first()
    {
        var model = shared.Upstream.Model(Answers.Chat("never"));
        var ticket = await host.ParkAsync(alice, model);
        var others = await host.ParkAsync(bob, model);
        Assert.NotEqual(ticket.Id, others.Id);
        Assert.NotEqual(ticket.Digest, others.Digest);

        foreach (var path in new[] { "", "/result" })
        {
            var stranger = await bob.GetReplyAsync($"/v1/approvals/{ticket.Id}{path}");
            var nobody = await bob.GetReplyAsync($"/v1/approvals/apr_{new string('0', 32)}{path}");
            Assert.Equal("approval_not_found", stranger.AssertError(Calls.Chat, HttpStatusCode.NotFound));
            Assert.Equal(nobody.Text, stranger.Text);
            Assert.Null(stranger.Header("x-approval-status"));
        }
        Assert.Equal("approval_not_found", (await bob.PostAsync($"/v1/approvals/{ticket.Id}/cancel", "")).AssertError(Calls.Chat, HttpStatusCode.NotFound));
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.Caller(key: null).GetReplyAsync($"/v1/approvals/{ticket.Id}")).Status);
        Assert.Equal(ApprovalStatus.Pending, (await host.TicketAsync(ticket.Id)).Status);
    }

    [Theory]
    [InlineData(Calls.Chat)]
    [InlineData(Calls.Messages)]
    [InlineData(Calls.Responses)]
    public async Task Respond_async_is_told_where_to_look(string route)
    {
        var model = shared.Upstream.Model(Answers.Chat("never"));
        var reply = await alice.PostAsync(route, Calls.Body(route, model, Tickets.Risky()), ("Prefer", "respond-async, wait=0"));

        Assert.Equal(HttpStatusCode.Accepted, reply.Status);
        var id = reply.Header("x-approval-id")!;
        Assert.StartsWith("apr_", id, StringComparison.Ordinal);
        Assert.Equal($"/v1/approvals/{id}", reply.Header("Location"));
        Assert.Equal("pending", reply.Header("x-approval-status"));
        Assert.Equal("1", reply.Header("Retry-After"));
        Assert.Equal("respond-async, wait=0", reply.Header("Preference-Applied"));
        Assert.Equal((id, "approval", "pending"), ((string?)reply.Json["id"], (string?)reply.Json["object"], (string?)reply.Json["status"]));
    }

    [Theory]
    [InlineData(Calls.Chat)]
    [InlineData(Calls.Messages)]
    [InlineData(Calls.Responses)]
    public async Task A_client_out_of_patience_gets_408_and_the_ticket_lives(string route)
    {
        var model = shared.Upstream.Model(Answers.Chat("hello"));
        var reply = await alice.PostAsync(route, Calls.Body(route, model, Tickets.Risky()), ("X-Stainless-Timeout", "1"));
        Assert.Equal("approval_pending", reply.AssertError(route, HttpStatusCode.RequestTimeout));
        Assert.Equal("1", reply.Header("Retry-After"));
        Assert.Contains(reply.Header("x-approval-id")!, reply.Text, StringComparison.Ordinal);
        Assert.Equal(ApprovalStatus.Pending, (await host.TicketAsync(reply.Header("x-approval-id")!)).Status);
    }

    [Fact]
    public async Task A_call_with_a_past_ticket_opens_a_new_one_once_its_life_is_over()
    {
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(56));
        await using var timed = await GatewayHost.StartAsync(shared.Upstream, clock: clock);
        var caller = timed.Caller();
        var model = shared.Upstream.Model(Answers.Chat("never"));
        var ticket = await timed.ParkAsync(caller, model);
        await timed.DecideAsync(ticket, ApprovalStatus.Rejected);
        await timed.TicketWhenAsync(ticket.Id, t => t.Status == ApprovalStatus.Rejected);

        Assert.Equal("approval_rejected", (await caller.WaitForAsync(model)).AssertError(Calls.Chat, HttpStatusCode.Forbidden));
        clock.Advance(TimeSpan.FromMinutes(61));
        Assert.NotEqual(ticket.Id, (await timed.ParkAsync(caller, model)).Id);
    }
}
