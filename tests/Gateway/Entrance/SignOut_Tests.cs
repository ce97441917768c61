using System.Net;
using Gateway.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Tests.Entrance;

/// <summary>Signing out everywhere: every token of that person from before is refused, at the gateway's doors and the reviewers'.</summary>
public sealed class SignOut_Tests(SharedGateway shared)
{
    [Fact]
    public async Task Every_session_of_the_person_ends_and_nobody_elses()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(60));
        await using var host = await GatewayHost.StartAsync(shared.Upstream, clock: clock);
        var (here, there, riley) = (await host.PersonAsync(), await host.PersonAsync(), await host.PersonAsync("riley"));
        Assert.Equal(HttpStatusCode.OK, (await there.GetReplyAsync("/api/reviews")).Status);

        Assert.Equal(HttpStatusCode.NoContent, (await here.PostAsync("/api/sign-outs", "")).Status);

        foreach (var session in new[] { here, there })
        {
            var refused = await session.GetReplyAsync("/api/trail");
            Assert.Equal((HttpStatusCode.Unauthorized, "urn:approvals:session-over"), (refused.Status, (string?)refused.Json["type"]));
            await Eventually.TrueAsync(async () => (await session.GetReplyAsync("/api/reviews")).Status == HttpStatusCode.Unauthorized, "the reviewers' side heard of it");
        }
        Assert.Equal(HttpStatusCode.OK, (await riley.GetReplyAsync("/api/reviews")).Status);
        Assert.Equal("signed out", (await host.EntryAsync(entry => entry.Kind == "sign-out" && entry.Actor == "ada")).Outcome);

        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.OK, (await (await host.PersonAsync()).GetReplyAsync("/api/trail")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await here.GetReplyAsync("/api/trail")).Status);
    }

    [Fact]
    public async Task It_outlives_a_restart()
    {
        var folder = Directory.CreateTempSubdirectory("gateway-test-");
        var clock = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(60));
        string token;
        await using (var host = await GatewayHost.StartAsync(shared.Upstream, clock: clock, data: folder.FullName))
        {
            var ada = await host.PersonAsync();
            token = ada.DefaultRequestHeaders.Authorization!.Parameter!; // signed in
            await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => ada.PostAsync("/api/sign-outs", "")));
        }
        await using (var again = await GatewayHost.StartAsync(shared.Upstream, clock: clock, data: folder.FullName))
            Assert.Equal(HttpStatusCode.Unauthorized, (await again.Caller(token).GetReplyAsync("/api/trail")).Status);
        folder.Delete(recursive: true);
    }
}
