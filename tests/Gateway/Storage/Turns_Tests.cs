using Gateway.Parking;
using Gateway.Storage;
using Gateway.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Tests.Storage;

/// <summary>SQLite has one writer at a time: who waits to be it holds no thread, and the turn always comes back.</summary>
public sealed class Turns_Tests(SharedGateway shared) : IAsyncLifetime
{
    private GatewayHost host = null!; // set before any test runs

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => host = await GatewayHost.StartAsync(shared.Upstream);

    public async ValueTask DisposeAsync() => await host.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Whoever_waits_for_the_writer_holds_no_thread_and_comes_when_it_is_done(bool commits)
    {
        await using var first = await StoreAsync();
        await using var second = await StoreAsync();
        await using var third = await StoreAsync();
        var writing = await first.Database.BeginTransactionAsync(Ct);

        // A thread that SQLite had put to sleep would not come back from here before it gave up.
        var next = second.Database.BeginTransactionAsync(Ct);
        var after = third.Set<Ticket>().Where(ticket => ticket.Id == "none").ExecuteUpdateAsync(set => set.SetProperty(ticket => ticket.Joins, 1), Ct);
        Assert.False(next.IsCompleted);
        Assert.False(after.IsCompleted);
        if (commits) await writing.CommitAsync(Ct);
        await writing.DisposeAsync();

        await using (var taken = await next) Assert.False(after.IsCompleted);
        Assert.Equal(0, await after);
    }

    [Fact]
    public async Task Who_gives_up_waiting_leaves_the_turn_to_the_next()
    {
        await using var first = await StoreAsync();
        await using var second = await StoreAsync();
        await using var third = await StoreAsync();
        using var patience = new CancellationTokenSource();
        var writing = await first.Database.BeginTransactionAsync(Ct);
        var impatient = second.Database.BeginTransactionAsync(patience.Token);
        var next = third.Database.BeginTransactionAsync(Ct);

        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        Assert.False(next.IsCompleted);
        await writing.DisposeAsync();

        await using var taken = await next;
    }

    [Fact]
    public async Task A_write_that_fails_gives_the_turn_back()
    {
        await using (var first = await StoreAsync())
            await Assert.ThrowsAnyAsync<Exception>(() => first.Database.ExecuteSqlRawAsync("UPDATE \"NoSuchTable\" SET \"X\" = 1", Ct));
        await using (var broken = await StoreAsync())
        {
            await using var writing = await broken.Database.BeginTransactionAsync(Ct);
            await Assert.ThrowsAnyAsync<Exception>(() => broken.Database.ExecuteSqlRawAsync("UPDATE \"NoSuchTable\" SET \"X\" = 1", Ct));
        }

        await using var next = await StoreAsync();
        Assert.Equal(0, await next.Set<Ticket>().Where(ticket => ticket.Id == "none").ExecuteUpdateAsync(set => set.SetProperty(ticket => ticket.Joins, 1), Ct));
    }

    private Task<GatewayStore> StoreAsync() => host.Services.GetRequiredService<IDbContextFactory<GatewayStore>>().CreateDbContextAsync(Ct);
}
