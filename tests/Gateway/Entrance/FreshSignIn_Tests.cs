using System.Net;
using Contracts;
using Gateway.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Tests.Entrance;

/// <summary>The embedded product asks for fresh sign-ins as the distributed one does, at the gateway's doors and the reviewers'.</summary>
public sealed class FreshSignIn_Tests(SharedGateway shared)
{
    private const string Reveals = "/api/prompts/apr_none/reveals";
    private const string Reveal = """{"finding":0,"reason":"Is it a test address?"}""";
    private const string Vote = """{"operationId":"4b1e7f7e-7a57-4a52-9c3e-0a5f0c5b6a10","approve":true,"digest":"x"}""";

    [Fact]
    public async Task After_some_minutes_a_person_signs_in_again_for_what_asks_for_it()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(60));
        await using var host = await GatewayHost.StartAsync(shared.Upstream, new()
        {
            ["People:StepUp:0"] = Permissions.Reveal, ["People:StepUp:1"] = Permissions.Review, ["People:StepUpWithin"] = "00:02:00",
        }, clock);
        var ada = await host.PersonAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await ada.PostAsync(Reveals, Reveal)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await ada.PostAsync("/api/reviews/apr_none/votes", Vote)).Status);

        clock.Advance(TimeSpan.FromMinutes(2.1));

        foreach (var (path, body) in new[] { (Reveals, Reveal), ("/api/reviews/apr_none/votes", Vote) })
        {
            var stale = await ada.PostAsync(path, body);
            Assert.Equal((HttpStatusCode.Unauthorized, "urn:approvals:fresh-sign-in-needed"), (stale.Status, (string?)stale.Json["type"]));
        }
        Assert.Equal(HttpStatusCode.NotFound, (await ada.GetReplyAsync("/api/prompts/apr_none")).Status);
        Assert.Equal(HttpStatusCode.OK, (await ada.GetReplyAsync("/api/reviews")).Status);
        Assert.Equal(HttpStatusCode.OK, (await ada.GetReplyAsync("/api/trail")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await (await host.PersonAsync()).PostAsync(Reveals, Reveal)).Status);
    }

    [Fact]
    public async Task A_session_ends_when_the_settings_say_so()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(60));
        await using var host = await GatewayHost.StartAsync(shared.Upstream, new() { ["People:LongestSession"] = "00:15:00" }, clock);
        var ada = await host.PersonAsync();
        Assert.Equal(HttpStatusCode.OK, (await ada.GetReplyAsync("/api/trail")).Status);

        clock.Advance(TimeSpan.FromMinutes(15.1));

        Assert.Equal(HttpStatusCode.Unauthorized, (await ada.GetReplyAsync("/api/trail")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await ada.GetReplyAsync("/api/reviews")).Status);
    }
}
