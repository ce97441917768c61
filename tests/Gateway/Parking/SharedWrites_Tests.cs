using Contracts;
using Contracts.Messages;
using Gateway.Parking;
using Gateway.Storage;
using Gateway.Tests.Support;
using Gateway.Texts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Shared;

namespace Gateway.Tests.Parking;

/// <summary>Changes of tickets that wait for one another go to the disk together, and are none the less changes of their own.</summary>
public sealed class SharedWrites_Tests(SharedGateway shared) : IAsyncLifetime
{
    private GatewayHost host = null!; // set before each test
    private HttpClient alice = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private TicketWriter Writer => host.Services.GetRequiredService<TicketWriter>();

    public async ValueTask InitializeAsync()
    {
        host = await GatewayHost.StartAsync(shared.Upstream, logLevel: LogLevel.Information);
        alice = host.Caller();
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task One_that_the_store_refuses_takes_nobody_of_its_group_with_it()
    {
        var tickets = new List<Ticket>();
        for (var i = 0; i < 4; i++) tickets.Add(await host.ParkAsync(alice, shared.Upstream.Model(Answers.Chat("Nobody asks."))));

        var written = await TogetherAsync([.. tickets.Select((ticket, i) => Decided(ticket, refused: i == 1))]);

        Assert.IsType<DbUpdateException>(written[1].Exception?.InnerException);
        written.RemoveAt(1);
        Assert.All(written, write => Assert.True(write.Result));
        foreach (var (i, ticket) in tickets.Index())
        {
            Assert.Equal(i == 1 ? ApprovalStatus.Pending : ApprovalStatus.Rejected, (await host.TicketAsync(ticket.Id)).Status);
            Assert.Equal(i == 1 ? 0 : 1, (await host.TrailAsync(entry => entry.TicketId == ticket.Id && entry.Kind == "decision")).Count);
        }
        Assert.Contains(host.Logs.All, line => line.Contains("changes of tickets could not be stored together", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Of_two_changes_of_one_ticket_in_one_group_the_first_is_stored_and_nothing_of_the_second()
    {
        var parked = await host.ParkAsync(alice, shared.Upstream.Model(Answers.Chat("Nobody asks.")));
        var (one, two) = (await host.TicketAsync(parked.Id), await host.TicketAsync(parked.Id));

        var written = await TogetherAsync([Decided(one, refused: false), Decided(two, refused: false)]);

        Assert.Equal([true, false], written.Select(write => write.Result));
        Assert.Equal(parked.Version + 1, (await host.TicketAsync(parked.Id)).Version);
        Assert.Single(await host.TrailAsync(entry => entry.TicketId == parked.Id && entry.Kind == "decision"));
    }

    /// <summary>All are asked for while somebody else writes the file, so they are written as one.</summary>
    private async Task<List<Task<bool>>> TogetherAsync(IReadOnlyList<TicketChange> changes)
    {
        var before = await host.ParkAsync(alice, shared.Upstream.Model(Answers.Chat("Nobody asks.")));
        await using var store = await host.Services.GetRequiredService<IDbContextFactory<GatewayStore>>().CreateDbContextAsync(Ct);
        using var turn = await store.TakeTurnAsync(Ct);
        var first = Writer.WriteAsync(new TicketChange(before, -1, [])); // it has no such version, and waits for its turn
        List<Task<bool>> written = [.. changes.Select(Writer.WriteAsync)];
        turn?.Dispose();
        Assert.False(await first);
        await Task.WhenAll(written).ContinueWith(_ => { }, Ct, TaskContinuationOptions.None, TaskScheduler.Default);
        return written;
    }

    private TicketChange Decided(Ticket ticket, bool refused)
    {
        var read = ticket.Version;
        Assert.True(ticket.Decide(new() { TicketId = ticket.Id, Outcome = ApprovalStatus.Rejected, Digest = ticket.Digest, DecidedBy = [new PersonRef("riley", "Riley")], Reason = "No.", DecidedAt = ticket.ParkedAt }, ticket.ParkedAt));
        List<object> rows = [host.Lot.Entry(ticket, "decision") with { Outcome = "rejected" }];
        if (refused) rows.Add(new SealedText { Id = ticket.RequestText, KeyId = ticket.InteractionId, Sealed = [1], StoredAt = ticket.ParkedAt }); // there is one under this name
        return new TicketChange(ticket, read, rows);
    }
}
