using System.Net;
using Contracts;
using Gateway.Tests.Support;

namespace Gateway.Tests.Telemetry;

/// <summary>What a person on duty can read off the gateway.</summary>
public sealed class Figures_Tests(SharedGateway shared)
{
    private const string Email = "zoltan.quartz@example.org";

    [Fact]
    public async Task Every_prompt_is_counted_by_what_was_decided_about_it()
    {
        await using var host = await GatewayHost.StartAsync(shared.Upstream);
        using var ear = new MeterEar(host);
        var (alice, model) = (host.Caller(), shared.Upstream.Model(Answers.Chat("Good morning")));

        await alice.PostAsync(Calls.Chat, Calls.Body(Calls.Chat, model));
        await alice.PostAsync(Calls.Chat, Calls.Body(Calls.Chat, model, $"Write to {Email}"));
        await host.ParkAsync(alice, model);
        Assert.Equal(HttpStatusCode.Forbidden, (await host.Caller(GatewayHost.NarrowKey).PostAsync(Calls.Chat, Calls.Body(Calls.Chat, model))).Status);
        await alice.PostAsync(Calls.Chat, Calls.Body(Calls.Chat, "unknown"));
        await alice.PostAsync(Calls.Chat, "{");
        await alice.PostAsync($"/v1/audio/{shared.Upstream.Model(Answers.Json("{}"))}", [1, 2, 3], "audio/wav");

        await Eventually.TrueAsync(() => Task.FromResult(ear.Sum("gateway.prompts") == 7 && ear.Of("gateway.prompt.overhead").Count == 3), "all of them counted");
        Assert.Equal([1, 1, 1, 1, 2, 1], ((string[])["forward", "mask", "park", "block", "refused", "unread"]).Select(decision => ear.Sum("gateway.prompts", "gateway.decision", decision)));
        Assert.Equal(4, ear.Of("gateway.risk.score").Count);
        Assert.Equal(["block", "forward", "mask"], ear.Of("gateway.prompt.overhead").Select(m => (string)m.Tags["gateway.decision"]!).Order());
        Assert.NotEmpty(ear.Of("gateway.trail.write.duration"));
    }

    [Fact]
    public async Task A_ticket_is_counted_when_it_is_opened_joined_waited_for_decided_and_ended()
    {
        await using var host = await GatewayHost.StartAsync(shared.Upstream);
        using var ear = new MeterEar(host);
        var model = shared.Upstream.Model(Answers.Chat("Because"));
        var waiting = host.Caller().WaitForAsync(model);
        var ticket = await host.TicketOfAsync(model);
        var joining = host.Caller().WaitForAsync(model);
        await Eventually.TrueAsync(() => Task.FromResult(ear.Sum("gateway.callers.waiting") == 2), "two callers who wait");

        await host.DecideAsync(ticket);
        await Task.WhenAll(waiting, joining);
        var rejected = await host.ParkAsync(host.Caller(), model, "another");
        await host.DecideAsync(rejected, ApprovalStatus.Rejected);
        await host.TicketWhenAsync(rejected.Id, t => t.Status == ApprovalStatus.Rejected);

        await Eventually.TrueAsync(() => Task.FromResult(ear.Sum("gateway.tickets.settled") == 2 && ear.Sum("gateway.callers.waiting") == 0), "both ends");
        Assert.Equal((2, 1), (ear.Sum("gateway.tickets.opened"), ear.Sum("gateway.tickets.joined")));
        Assert.Equal((1, 1), (ear.Sum("gateway.tickets.settled", "gateway.outcome", "completed"), ear.Sum("gateway.tickets.settled", "gateway.outcome", "rejected")));
        Assert.Equal(["rejected", "releasing"], ear.Of("gateway.people.wait").Select(m => (string)m.Tags["gateway.outcome"]!).Order());
        Assert.Equal(0, ear.Sum("gateway.executions.retried"));
    }

    [Fact]
    public async Task A_call_of_a_model_is_measured_by_upstream_with_its_tokens()
    {
        await using var host = await GatewayHost.StartAsync(shared.Upstream);
        using var ear = new MeterEar(host);
        var model = shared.Upstream.Model(Answers.Chat("Good morning"));

        await host.Caller().PostAsync(Calls.Chat, Calls.Body(Calls.Chat, model));
        await host.Caller().PostAsync(Calls.Chat, Calls.Body(Calls.Chat, "down"));

        await Eventually.TrueAsync(() => Task.FromResult(ear.Of("gen_ai.client.operation.duration").Count == 2), "two calls");
        Assert.Equal((11, 7), (ear.Sum("gen_ai.client.token.usage", "gen_ai.token.type", "input"), ear.Sum("gen_ai.client.token.usage", "gen_ai.token.type", "output")));
        var (good, bad) = (Assert.Single(ear.Of("gen_ai.client.operation.duration", "gateway.upstream", "mock-openai")), Assert.Single(ear.Of("gen_ai.client.operation.duration", "gateway.upstream", "down-openai")));
        Assert.Equal("upstream_unreachable", bad.Tags["error.type"]);
        Assert.Equal("down", bad.Tags["gen_ai.request.model"]); // the configuration names it
        Assert.False(good.Tags.ContainsKey("gen_ai.request.model")); // there are as many as callers can think of
    }

    [Fact]
    public async Task Every_instrument_of_ours_says_what_it_is_and_in_which_unit()
    {
        await using var host = await GatewayHost.StartAsync(shared.Upstream);
        using var ear = new MeterEar(host);
        await host.Caller().PostAsync(Calls.Chat, Calls.Body(Calls.Chat, shared.Upstream.Model(Answers.Chat("Good morning"))));
        ear.Look();

        Assert.True(ear.Instruments.Count > 20, $"{ear.Instruments.Count} instruments");
        Assert.All(ear.Instruments, instrument =>
        {
            Assert.Matches(@"^(gateway|approvals|gen_ai)\.[a-z_.]+$", instrument.Name);
            Assert.False(string.IsNullOrWhiteSpace(instrument.Unit), instrument.Name);
            Assert.EndsWith(".", instrument.Description, StringComparison.Ordinal);
        });
        Assert.Equal(ear.Instruments.Count, ear.Instruments.Where(i => !i.Name.StartsWith("approvals.outbox", StringComparison.Ordinal)).DistinctBy(i => i.Name).Count() + 4);
        Assert.All(ear.All.SelectMany(m => m.Tags.Keys), tag => Assert.Matches(@"^(gateway\.(decision|outcome|upstream)|approvals\.(outcome|decided_by)|store|message|gen_ai\.[a-z._]+|server\.(address|port)|error\.type)$", tag));
    }
}
