using System.Net;
using System.Net.Http.Json;
using Contracts;
using Contracts.Api;
using Gateway.Tests.Support;

namespace Gateway.Tests.Records;

/// <summary>What a person did is told through the outbox, in one process too: it leaves it when its entry is on disk.</summary>
public sealed class ActsOfPeople_Tests(SharedGateway shared)
{
    [Fact]
    public async Task A_claim_is_recorded_though_the_process_ends_before_it_could_be()
    {
        var data = Directory.CreateTempSubdirectory("gateway-test-").FullName;
        var host = await GatewayHost.StartAsync(shared.Upstream, data: data);
        var ticket = await host.ParkAsync(host.Caller(), shared.Upstream.Model(Answers.Chat("never")));
        var ada = await host.PersonAsync();
        await Eventually.TrueAsync(async () => (await ada.GetReplyAsync($"/api/reviews/{ticket.Id}")).Status == HttpStatusCode.OK, "the review");

        await new FailingTrail(host).RefuseAsync("claim.taken");
        using (var claimed = await ada.PostAsJsonAsync($"/api/reviews/{ticket.Id}/claim", new ClaimReview(Guid.NewGuid()), JsonWire.Options, TestContext.Current.CancellationToken))
            claimed.EnsureSuccessStatusCode();
        await Eventually.TrueAsync(() => Task.FromResult(host.Logs.All.Any(line => line.Contains("PersonActed) was not sent", StringComparison.Ordinal))), "a try to record it");
        await host.DisposeAsync();

        await using (var next = await GatewayHost.StartAsync(shared.Upstream, data: data))
        {
            await new FailingTrail(next).TakeAgainAsync();
            var entry = await next.EntryAsync(e => e.TicketId == ticket.Id && e.Kind == "claim.taken");
            Assert.Equal("ada", entry.Actor);
        }
        Directory.Delete(data, recursive: true);
    }
}
