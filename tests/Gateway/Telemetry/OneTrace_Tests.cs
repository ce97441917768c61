using System.Diagnostics;
using System.Net.Http.Json;
using Contracts;
using Contracts.Api;
using Gateway.Parking;
using Gateway.Tests.Support;

namespace Gateway.Tests.Telemetry;

/// <summary>From the caller's request through queues and people to the model: one trace.</summary>
public sealed class OneTrace_Tests(SharedGateway shared) : IDisposable
{
    private readonly TraceEar ear = new();
    private GatewayHost Host => shared.Host;

    [Fact]
    public async Task A_forwarded_prompts_trace_reaches_the_upstream()
    {
        var model = shared.Upstream.Model(Answers.Chat("Good morning"));

        var (trace, _) = await TraceEar.InTraceAsync(() => Host.Caller().PostAsync(Calls.Chat, Calls.Body(Calls.Chat, model)));

        var (request, call) = (await ear.ServerAsync(trace), await ear.ModelAsync(trace));
        Assert.Equal(request.SpanId, call.ParentSpanId);
        Assert.Equal(ActivityKind.Client, call.Kind);
        AssertReached(model, trace);
    }

    [Fact]
    public async Task Words_of_a_caller_that_ride_on_its_trace_do_not_reach_the_upstream()
    {
        var model = shared.Upstream.Model(Answers.Chat("Good morning"));

        var (trace, _) = await TraceEar.InTraceAsync(() => Host.Caller().PostAsync(Calls.Chat, Calls.Body(Calls.Chat, model),
            ("tracestate", "vendor=zebra"), ("baggage", "note=zebra"), ("Correlation-Context", "note=zebra")));

        await ear.ModelAsync(trace);
        AssertReached(model, trace);
        Assert.DoesNotContain(shared.Upstream.Only(model).Headers, header => header.Value.Contains("zebra", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_parked_prompt_that_is_waited_for_has_one_trace_from_its_request_over_the_people_to_the_upstream()
    {
        var model = shared.Upstream.Model(Answers.Chat("Because"));
        var asking = TraceEar.InTraceAsync(() => Host.Caller().WaitForAsync(model));
        var ticket = await Host.TicketOfAsync(model);

        var decider = await ReleaseAsync(ticket);
        var (trace, _) = await asking;

        var request = await ear.ServerAsync(trace);
        var release = await ear.OursAsync(trace, "release");
        Assert.Equal(request.SpanId, release.ParentSpanId);
        Assert.Equal(release.SpanId, (await ear.ModelAsync(trace)).ParentSpanId);
        Assert.Equal(ticket.Id, release.GetTagItem("approvals.ticket"));
        Assert.Empty(release.Links);
        var review = await ear.OursAsync(trace, "review");
        Assert.Equal("releasing", review.GetTagItem("approvals.outcome"));
        Assert.Equal(decider, Assert.Single(review.Links).Context.TraceId);
        Assert.Contains(ear.Of(trace), span => span.Source.Name == "MassTransit" && span.Kind == ActivityKind.Consumer);
        Assert.Contains(ear.Of(trace), span => span.DisplayName == "outbox");
        AssertReached(model, trace);
    }

    [Fact]
    public async Task A_polled_prompt_is_run_in_the_trace_of_the_request_that_parked_it_and_a_call_that_joins_is_linked_to_it()
    {
        var model = shared.Upstream.Model(Answers.Chat("Because"));
        var (trace, ticket) = await TraceEar.InTraceAsync(() => Host.ParkAsync(Host.Caller(), model));
        await ReleaseAsync(ticket);
        await Host.TicketWhenAsync(ticket.Id, t => t.Status == ApprovalStatus.Completed);

        var (other, joined) = await TraceEar.InTraceAsync(() => Host.Caller().WaitForAsync(model));

        Assert.Equal(ticket.Id, joined.Header("x-approval-id"));
        var release = await ear.OursAsync(trace, "release");
        Assert.Equal(release.SpanId, (await ear.ModelAsync(trace)).ParentSpanId);
        AssertReached(model, trace);
        Assert.Equal(trace, Assert.Single((await ear.ServerAsync(other)).Links).Context.TraceId);
    }

    [Fact]
    public async Task A_retry_that_joined_and_runs_the_release_does_so_in_the_first_trace_with_a_link_to_its_own()
    {
        var model = shared.Upstream.Model(Answers.Chat("Because"));
        using var impatience = new CancellationTokenSource();
        using var client = Host.Caller();
        var first = TraceEar.InTraceAsync(async () =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, Calls.Chat) { Content = new StringContent(Calls.Body(Calls.Chat, model, Tickets.Risky()), null, "application/json") };
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.SendAsync(request, impatience.Token));
            return true;
        });
        var ticket = await Host.TicketOfAsync(model);
        await impatience.CancelAsync();
        var (trace, _) = await first;

        var retry = TraceEar.InTraceAsync(() => Host.Caller().WaitForAsync(model));
        await Host.TicketWhenAsync(ticket.Id, t => t.Joins == 1);
        await ReleaseAsync(ticket);
        var (other, reply) = await retry;

        Assert.Equal(200, (int)reply.Status);
        Assert.NotEqual(trace, other);
        var release = await ear.OursAsync(trace, "release");
        Assert.Equal(other, Assert.Single(release.Links).Context.TraceId);
        AssertReached(model, trace);
    }

    [Fact]
    public async Task A_ticket_announced_again_after_a_restart_goes_on_with_its_own_trace()
    {
        var data = Directory.CreateTempSubdirectory("gateway-test-").FullName;
        var host = await GatewayHost.StartAsync(shared.Upstream, data: data);
        var (trace, _) = await TraceEar.InTraceAsync(() => host.ParkAsync(host.Caller(), shared.Upstream.Model(Answers.Chat("Because"))));
        await host.DisposeAsync();
        var before = ear.Of(trace).Count(IsAnnouncement);

        await using (await GatewayHost.StartAsync(shared.Upstream, data: data))
            await Eventually.TrueAsync(() => Task.FromResult(ear.Of(trace).Count(IsAnnouncement) > before), "the announcement");
        Directory.Delete(data, recursive: true);
    }

    private static bool IsAnnouncement(Activity span) => span.Source.Name == "MassTransit" && span.Kind == ActivityKind.Producer && span.DisplayName.Contains("PromptParked", StringComparison.Ordinal);

    public void Dispose() => ear.Dispose();

    /// <summary>One person's yes, over the console's API.</summary>
    private async Task<ActivityTraceId> ReleaseAsync(Ticket ticket)
    {
        var ada = await Host.PersonAsync();
        await Eventually.TrueAsync(async () => (await ada.GetReplyAsync($"/api/reviews/{ticket.Id}")).Status == System.Net.HttpStatusCode.OK, "the review");
        var (trace, vote) = await TraceEar.InTraceAsync(() => ada.PostAsJsonAsync($"/api/reviews/{ticket.Id}/votes",
            new CastVote { OperationId = Guid.NewGuid(), Approve = true, Digest = ticket.Digest }, JsonWire.Options, TestContext.Current.CancellationToken));
        vote.EnsureSuccessStatusCode();
        return trace;
    }

    private void AssertReached(string model, ActivityTraceId trace) =>
        Assert.Equal(trace, ActivityContext.Parse(shared.Upstream.Only(model).Headers["traceparent"], null).TraceId);
}
