using System.Net;
using System.Text;
using Contracts;
using Contracts.Api;
using Gateway.Audit;
using Gateway.Storage;
using Gateway.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Tests.Records;

/// <summary>Promise 5, the hard way: the trail's store fails, and nothing leaves.</summary>
public sealed class NothingUnrecorded_Tests(SharedGateway shared) : IAsyncLifetime
{
    private const string Answer = "an answer that must not leave";
    private GatewayHost host = null!; // set before each test
    private FailingTrail failing = null!;
    private HttpClient alice = null!;

    public async ValueTask InitializeAsync()
    {
        host = await GatewayHost.StartAsync(shared.Upstream);
        failing = new FailingTrail(host);
        alice = host.Caller();
    }

    public async ValueTask DisposeAsync()
    {
        Assert.Empty(host.Logs.Unhandled);
        await host.DisposeAsync();
    }

    [Fact]
    public async Task A_whole_answer_does_not_leave_and_the_caller_is_told_to_come_back()
    {
        var model = shared.Upstream.Model(Answers.Json($$"""{"x":"{{Answer}}"}""", 200, ("x-request-id", "upstream-7")));
        await failing.RefuseAsync();
        foreach (var route in Calls.Routes)
        {
            var reply = await alice.PostAsync(route, Calls.Body(route, model));
            Assert.Equal("trail_unavailable", reply.AssertError(route, HttpStatusCode.ServiceUnavailable));
            Assert.Equal("5", reply.Header("Retry-After"));
            Assert.DoesNotContain(Answer, reply.Text, StringComparison.Ordinal);
        }
        await failing.TakeAgainAsync();
        Assert.Equal(200, (int)(await alice.PostAsync(Calls.Chat, Calls.Body(Calls.Chat, model))).Status);
        Assert.Single(await host.TrailAsync(e => e.Model == model));
    }

    [Fact]
    public async Task A_streamed_answer_stays_visibly_incomplete()
    {
        var model = shared.Upstream.Model(Answers.Events(Answers.ChatStream("Hello ", "there ")));
        await failing.RefuseAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, Calls.Chat) { Content = new StringContent(Calls.Body(Calls.Chat, model, stream: true), Encoding.UTF8, "application/json") };
        using var text = new MemoryStream();
        // The connection is reset: a caller that has not read what came before may lose it.
        var broken = await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            using var response = await alice.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
            await using var stream = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
            await stream.CopyToAsync(text, TestContext.Current.CancellationToken);
        });
        Assert.True(broken is IOException or HttpRequestException { InnerException: IOException }, broken.ToString());
        Assert.DoesNotContain("[DONE]", Encoding.UTF8.GetString(text.ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_that_cannot_be_recorded_is_no_403()
    {
        await failing.RefuseAsync();
        var reply = await host.Caller(GatewayHost.NarrowKey).PostAsync(Calls.Chat, Calls.Body(Calls.Chat, shared.Upstream.Model(Answers.Chat("never"))));
        Assert.Equal("trail_unavailable", reply.AssertError(Calls.Chat, HttpStatusCode.ServiceUnavailable));
    }

    [Fact]
    public async Task A_prompt_that_cannot_be_parked_is_refused_and_does_not_reach_a_model()
    {
        var model = shared.Upstream.Model(Answers.Chat("never"));
        await failing.RefuseAsync();
        foreach (var route in Calls.Routes)
            Assert.Equal("store_unavailable", (await alice.PostAsync(route, Calls.Body(route, model, Tickets.Risky()))).AssertError(route, HttpStatusCode.ServiceUnavailable));
        Assert.Empty(await host.ReadAsync(store => store.Set<Gateway.Parking.Ticket>().ToListAsync()));
        Assert.Empty(shared.Upstream.For(model));
    }

    [Fact]
    public async Task A_released_answer_that_cannot_be_stored_does_not_leave()
    {
        var model = shared.Upstream.Model(Answers.Chat(Answer));
        var waiting = alice.WaitForAsync(model);
        var ticket = await host.TicketOfAsync(model);
        await failing.RefuseAsync("execution");
        await host.Steps.DecideAsync(new() { TicketId = ticket.Id, Outcome = ApprovalStatus.Releasing, Digest = ticket.Digest, DecidedBy = [], DecidedAt = ticket.ParkedAt }, TestContext.Current.CancellationToken);
        var reply = await waiting;
        Assert.Equal("store_unavailable", reply.AssertError(Calls.Chat, HttpStatusCode.ServiceUnavailable));
        Assert.DoesNotContain(Answer, reply.Text, StringComparison.Ordinal);
        Assert.Equal(ApprovalStatus.Releasing, (await host.TicketAsync(ticket.Id)).Status);
    }

    [Fact]
    public async Task Neither_a_sign_in_nor_a_reveal_happens_unrecorded()
    {
        var ada = await host.PersonAsync();
        var ticket = await host.ParkAsync(alice, shared.Upstream.Model(Answers.Chat("never")));
        await failing.RefuseAsync();

        var reveal = await ada.PostAsync($"/api/prompts/{ticket.Id}/reveals", """{"finding":0,"reason":"because"}""");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, reveal.Status);
        Assert.DoesNotContain(Calls.Secret, reveal.Text, StringComparison.Ordinal);
        var signIn = await host.Caller(key: null).PostAsync("/api/sessions", $$"""{"token":"{{GatewayHost.SignInToken}}"}""");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, signIn.Status);
        Assert.Null(signIn.Json["accessToken"]);
    }
}
