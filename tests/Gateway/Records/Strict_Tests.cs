using Gateway.Audit;
using Gateway.Storage;
using Gateway.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Tests.Records;

/// <summary><c>Trail:Strict</c>: the model is asked when, and only when, its request is on disk.</summary>
public sealed class Strict_Tests(SharedGateway shared)
{
    [Fact]
    public async Task The_request_is_on_disk_when_its_model_is_called_and_the_answer_joins_it()
    {
        List<TrailEntry> seen = [];
        await using var host = await GatewayHost.StartAsync(shared.Upstream, new() { ["Trail:Strict"] = "true" });
        var model = shared.Upstream.Model(async (http, request) =>
        {
            seen.AddRange(await host.TrailAsync(e => e.Kind == "request"));
            await Answers.Chat("Paris.")(http, request);
        });

        var reply = await host.Caller().PostAsync(Calls.Chat, Calls.Body(Calls.Chat, model));

        var sent = Assert.Single(seen);
        var answered = await host.EntryAsync(e => e.Kind == "interaction" && e.Model == model);
        Assert.Equal(200, (int)reply.Status);
        Assert.Equal((answered.InteractionId, answered.RequestText, answered.RequestDigest), (sent.InteractionId, sent.RequestText, sent.RequestDigest));
        Assert.Equal(("sent", "forward"), (sent.Outcome, sent.Decision));
    }

    [Fact]
    public async Task Where_the_request_cannot_be_recorded_no_model_is_asked()
    {
        await using var host = await GatewayHost.StartAsync(shared.Upstream, new() { ["Trail:Strict"] = "true" });
        var model = shared.Upstream.Model(Answers.Chat("never"));
        await new FailingTrail(host).RefuseAsync("request");

        var reply = await host.Caller().PostAsync(Calls.Chat, Calls.Body(Calls.Chat, model));

        Assert.Equal("trail_unavailable", reply.AssertError(Calls.Chat, System.Net.HttpStatusCode.ServiceUnavailable));
        Assert.Empty(shared.Upstream.For(model));
    }
}
