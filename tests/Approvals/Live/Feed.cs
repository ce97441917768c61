using System.Threading.Channels;
using Approvals.Tests.Support;
using Contracts;
using Contracts.Api;
using Contracts.Messages;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Tests.Live;

public sealed class Feed : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly TempStore file = new();
    private readonly List<HubConnection> connections = [];
    private ApprovalsHost host = null!; // set before every test

    public async ValueTask InitializeAsync() => host = await ApprovalsHost.StartAsync(file);

    public async ValueTask DisposeAsync()
    {
        foreach (var connection in connections) await connection.DisposeAsync();
        await host.DisposeAsync();
        file.Dispose();
    }

    /// <summary>A console of this person; what it is told ends up in the channel.</summary>
    private async Task<ChannelReader<ReviewSummary>> ListenAsync(string name, string groups = "reviewers", string permissions = Permissions.Review)
    {
        var told = Channel.CreateUnbounded<ReviewSummary>();
        var connection = new HubConnectionBuilder()
            .WithUrl(new Uri(host.Address, "/hubs/reviews"), http => http.Headers.Add(HeaderPeople.Header, HeaderPeople.Describe(name, groups, permissions)))
            .AddJsonProtocol(json => JsonWire.Configure(json.PayloadSerializerOptions))
            .Build();
        connections.Add(connection);
        connection.On<ReviewSummary>(nameof(IReviewFeed.ReviewChanged), review => told.Writer.TryWrite(review));
        await host.ConnectAsync(connection, groups);
        return told.Reader;
    }

    private static async Task<ReviewSummary> NextAsync(ChannelReader<ReviewSummary> told)
    {
        using var patience = new CancellationTokenSource(Patience);
        return await told.ReadAsync(patience.Token);
    }

    [Fact]
    public async Task A_second_console_sees_the_prompt_and_the_decision_without_asking()
    {
        var second = await ListenAsync("ben");
        var prompt = await host.ParkAsync();

        var arrived = await NextAsync(second);
        Assert.Equal((prompt.TicketId, ApprovalStatus.Pending, prompt.Excerpt), (arrived.Id, arrived.Status, arrived.Excerpt));

        await host.As("ann").VoteAsync(prompt.TicketId, Given.No());
        var decided = await NextAsync(second);
        Assert.Equal((ApprovalStatus.Rejected, "ann"), (decided.Status, Assert.Single(decided.DecidedBy).Name));
        Assert.True(decided.Version > arrived.Version && decided.Sequence > arrived.Sequence);
    }

    [Fact]
    public async Task A_console_is_told_only_what_its_person_may_see()
    {
        var (legal, auditor) = (await ListenAsync("lea", "legal"), await ListenAsync("aud", "", Permissions.ReadTrail));
        var hidden = await host.ParkAsync();
        var shown = await host.ParkAsync(Given.Prompt(stages: [Given.Stage(then: OnDeadline.NextStage), Given.Stage("legal")]));

        Assert.Equal(shown.TicketId, (await NextAsync(legal)).Id);
        Assert.Equal([hidden.TicketId, shown.TicketId], new[] { (await NextAsync(auditor)).Id, (await NextAsync(auditor)).Id });
        Assert.False(legal.TryRead(out _));
    }

    [Fact]
    public async Task Two_hats_are_told_once()
    {
        var told = await ListenAsync("ann", "reviewers,security");
        await host.ParkAsync(Given.Prompt("apr_1", [Given.Stage("reviewers,security")]));
        await host.ParkAsync(Given.Prompt("apr_2", [Given.Stage("reviewers,security")]));

        Assert.Equal(["apr_1", "apr_2"], new[] { (await NextAsync(told)).Id, (await NextAsync(told)).Id });
        Assert.False(told.TryRead(out _));
    }

    [Fact]
    public async Task A_stage_that_moves_on_is_told_to_those_it_leaves()
    {
        var team = await ListenAsync("ann", "team");
        await host.ParkAsync(Given.Prompt(stages: [Given.Stage("team", then: OnDeadline.NextStage), Given.Stage("leads")]));
        Assert.Equal(0, (await NextAsync(team)).Stage);

        host.Clock.Advance(TimeSpan.FromMinutes(10));

        Assert.Equal((1, "leads"), await StageAsync(team));
    }

    [Fact]
    public async Task Nobody_listens_without_being_entitled()
    {
        await Assert.ThrowsAsync<HttpRequestException>(() => ListenAsync("eve", permissions: Permissions.Reveal));
    }

    private static async Task<(int, string)> StageAsync(ChannelReader<ReviewSummary> told)
    {
        var review = await NextAsync(told);
        return (review.Stage, Assert.Single(review.Groups));
    }
}
