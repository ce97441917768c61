using System.Net;
using Contracts;
using Gateway.Tests.Support;

namespace Gateway.Tests.Background;

/// <summary>A caller takes its response back: possible until it is over, and honest about who was first.</summary>
public sealed class Cancelling_Tests(SharedGateway shared) : IAsyncDisposable
{
    private readonly GatewayHost host = shared.Host;
    private readonly HttpClient alice = shared.Host.Caller();

    public async ValueTask DisposeAsync() => await host.AssertHealthyAsync();

    [Fact]
    public async Task Before_the_decision_it_is_cancelled_and_never_sent()
    {
        var model = shared.Upstream.Model(Responses.Whole("never"));
        var queued = await alice.CreateAsync(Responses.Body(model, Calls.Secret));

        await alice.CancelAsync(queued.Id());
        var cancelled = await alice.EndAsync(queued.Id());

        Assert.Equal(("cancelled", "approval_cancelled"), (cancelled.Status(), (string?)cancelled["error"]!["code"]));
        Assert.Equal(cancelled.ToJsonString(), (await alice.CancelAsync(queued.Id())).ToJsonString());
        Assert.Equal(cancelled.ToJsonString(), (await alice.PollAsync(queued.Id())).ToJsonString());
        Assert.Empty(shared.Upstream.For(model));
    }

    [Fact]
    public async Task After_people_said_no_their_no_stays()
    {
        var queued = await alice.CreateAsync(Responses.Body(shared.Upstream.Model(Responses.Whole("never")), Calls.Secret));
        await host.DecideAsync(await host.TicketOfAsync(queued), ApprovalStatus.Rejected, reason: "no");
        await alice.EndAsync(queued.Id());

        var reply = await alice.CancelAsync(queued.Id());

        Assert.Equal(("failed", "approval_rejected"), (reply.Status(), (string?)reply["error"]!["code"]));
    }

    [Fact]
    public async Task After_the_answer_the_answer_stays()
    {
        var queued = await alice.CreateAsync(Responses.Body(shared.Upstream.Model(Responses.Whole("too late"))));
        var done = await alice.EndAsync(queued.Id());

        Assert.Equal(done.ToJsonString(), (await alice.CancelAsync(queued.Id())).ToJsonString());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task In_the_middle_of_its_run_the_run_is_broken_off(bool waived)
    {
        var gone = new TaskCompletionSource();
        var model = shared.Upstream.Model(async (http, _) =>
        {
            http.RequestAborted.Register(gone.SetResult);
            await gone.Task;
        });
        var queued = await alice.CreateAsync(Responses.Body(model, waived ? "hello" : Calls.Secret));
        var ticket = await host.TicketOfAsync(queued);
        if (!waived) await host.DecideAsync(ticket);
        await Eventually.TrueAsync(() => Task.FromResult(shared.Upstream.For(model).Count > 0), "the model is called");
        Assert.Equal("in_progress", (await alice.PollAsync(queued.Id())).Status());

        var cancelled = await alice.CancelAsync(queued.Id());

        Assert.Equal(("cancelled", "response_cancelled"), (cancelled.Status(), (string?)cancelled["error"]!["code"]));
        await gone.Task.WaitAsync(Eventually.Patience, TestContext.Current.CancellationToken);
        Assert.Equal("cancelled", (await host.EntryAsync(e => e.TicketId == ticket.Id && e.Kind == "execution")).Outcome);
        Assert.Equal((HttpStatusCode)499, (await alice.GetReplyAsync($"/v1/approvals/{ticket.Id}/result")).Status);
        Assert.Equal(["response.created", "response.queued", "response.in_progress", "response.failed"], (await alice.EventsAsync(queued.Id())).Types());
        Assert.Single(shared.Upstream.For(model));
    }

    [Fact]
    public async Task Released_and_not_yet_run_it_is_never_sent()
    {
        var model = shared.Upstream.Model(Responses.Whole("never"));
        await using var stopped = await GatewayHost.StartAsync(shared.Upstream, services: s => s.Remove(s.Single(d => d.ImplementationType == typeof(Gateway.Waiting.PolledReleases))));
        var caller = stopped.Caller();
        var queued = await caller.CreateAsync(Responses.Body(model));

        var cancelled = await caller.CancelAsync(queued.Id());

        Assert.Equal("cancelled", cancelled.Status());
        Assert.Empty(shared.Upstream.For(model));
    }

    [Fact]
    public async Task One_caller_may_have_only_so_many_unfinished_runs()
    {
        var model = shared.Upstream.Model(Responses.Whole("never"));
        await using var stopped = await GatewayHost.StartAsync(shared.Upstream, new() { ["Parking:MostPerCaller"] = "1" },
            services: s => s.Remove(s.Single(d => d.ImplementationType == typeof(Gateway.Waiting.PolledReleases))));
        var caller = stopped.Caller();
        var first = await caller.CreateAsync(Responses.Body(model));

        using var second = await caller.PostAsync("/v1/responses", new StringContent(Responses.Body(model), System.Text.Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.TooManyRequests, second.StatusCode);

        await caller.CancelAsync(first.Id());
        await caller.CreateAsync(Responses.Body(model));
    }
}
