using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using Contracts;
using Contracts.Api;
using Contracts.Messages;
using Gateway.Parking;
using Gateway.Tests.Records;
using Gateway.Tests.Support;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Tests.Parking;

/// <summary>In one process a decision is brought to its ticket, and the end of a release to its review, without the bus; it is there for what goes wrong.</summary>
public sealed class ToldInOneProcess_Tests(SharedGateway shared) : IAsyncLifetime
{
    private readonly Published published = new();
    private GatewayHost host = null!; // set before each test
    private HttpClient ada = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        host = await GatewayHost.StartAsync(shared.Upstream, new() { ["Policy:UndoWindow"] = "00:00:00" });
        host.Services.GetRequiredService<IBusControl>().ConnectPublishObserver(published);
        ada = await host.PersonAsync();
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task A_vote_becomes_an_answer_and_its_review_is_completed_without_the_bus()
    {
        var ticket = await host.ParkAsync(host.Caller(), shared.Upstream.Model(Answers.Chat("Done.")));

        await VoteAsync(ticket, approve: true);

        await host.TicketWhenAsync(ticket.Id, now => now.Status == ApprovalStatus.Completed);
        await Eventually.TrueAsync(async () => await ada.GetFromJsonAsync<ReviewDetail>($"/api/reviews/{ticket.Id}", JsonWire.Options, Ct) is { Summary.Status: ApprovalStatus.Completed }, "a completed review");
        Assert.Contains(typeof(PromptParked), published.Types); // it does see what goes by the bus
        Assert.DoesNotContain(typeof(ReviewDecided), published.Types);
        Assert.DoesNotContain(typeof(ReleaseSettled), published.Types);
    }

    [Fact]
    public async Task A_decision_that_cannot_be_stored_goes_by_the_bus_until_it_can()
    {
        var ticket = await host.ParkAsync(host.Caller(), shared.Upstream.Model(Answers.Chat("never")));
        var trail = new FailingTrail(host);
        await trail.RefuseAsync("decision");

        await VoteAsync(ticket, approve: false);
        await Eventually.TrueAsync(() => Task.FromResult(published.Types.Contains(typeof(ReviewDecided))), "the decision on the bus");
        Assert.Equal(ApprovalStatus.Pending, (await host.TicketAsync(ticket.Id)).Status);
        await trail.TakeAgainAsync();

        await host.TicketWhenAsync(ticket.Id, now => now.Status == ApprovalStatus.Rejected);
        Assert.Single(await host.TrailAsync(entry => entry.TicketId == ticket.Id && entry.Kind == "decision"));
        Assert.Contains(host.Logs.All, line => line.Contains("it goes by the bus", StringComparison.Ordinal));
    }

    private async Task VoteAsync(Ticket ticket, bool approve)
    {
        await Eventually.TrueAsync(async () => (await ada.GetReplyAsync($"/api/reviews/{ticket.Id}")).Status == HttpStatusCode.OK, "the review");
        using var vote = await ada.PostAsJsonAsync($"/api/reviews/{ticket.Id}/votes", new CastVote { OperationId = Guid.NewGuid(), Approve = approve, Digest = ticket.Digest, Reason = "Looked at." }, JsonWire.Options, Ct);
        vote.EnsureSuccessStatusCode();
    }

    private sealed class Published : IPublishObserver
    {
        public ConcurrentBag<Type> Types { get; } = [];

        public Task PrePublish<T>(PublishContext<T> context) where T : class
        {
            Types.Add(typeof(T));
            return Task.CompletedTask;
        }

        public Task PostPublish<T>(PublishContext<T> context) where T : class => Task.CompletedTask;

        public Task PublishFault<T>(PublishContext<T> context, Exception exception) where T : class => Task.CompletedTask;
    }
}
