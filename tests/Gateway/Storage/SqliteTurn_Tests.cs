using Gateway.Storage;
using Gateway.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Shared;
using Tests.Servers;

namespace Gateway.Tests.Storage;

/// <summary>Writers of one file wait for each other without a thread, and nobody for ever.</summary>
public sealed class SqliteTurn_Tests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("approvals-turn-").FullName;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => SqliteFiles.Delete(folder);

    [Fact]
    public async Task One_writes_at_a_time_and_the_next_follows()
    {
        await using var one = Store();
        await using var two = Store();
        var turn = await one.TakeTurnAsync(Ct);
        var next = two.TakeTurnAsync(Ct).AsTask();
        Assert.False(next.IsCompleted);

        turn!.Dispose();
        turn.Dispose(); // given back once, however often it is disposed

        using var second = await next;
        Assert.NotNull(second);
        Assert.False(one.TakeTurnAsync(Ct).AsTask().IsCompleted);
    }

    [Fact]
    public async Task Another_file_is_another_turn()
    {
        await using var one = Store();
        await using var other = Store("other.db");
        using var turn = await one.TakeTurnAsync(Ct);

        using var its = await other.TakeTurnAsync(Ct);

        Assert.NotNull(its);
    }

    [Fact]
    public async Task A_turn_that_is_never_given_back_holds_nobody_up_for_good()
    {
        await using var one = Store();
        await using var two = Store();
        using var kept = await one.TakeTurnAsync(Ct);

        Assert.Null(await two.TakeTurnAsync(Ct));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Only_the_write_that_may_come_undone_goes_without_a_sync(bool fails)
    {
        await using var store = Store();
        await store.Database.OpenConnectionAsync(Ct);
        var before = await SynchronousAsync(store);
        var during = 0L;

        var write = SqliteManners.WithoutSyncAsync(store, async () =>
        {
            during = await SynchronousAsync(store);
            if (fails) throw new InvalidOperationException("Not written.");
        });
        if (fails) await Assert.ThrowsAsync<InvalidOperationException>(() => write);
        else await write;

        Assert.Equal((Full, Normal, Full), (before, during, await SynchronousAsync(store)));
    }

    private const long Normal = 1;
    private const long Full = 2;

    private static async Task<long> SynchronousAsync(GatewayStore store) => (await store.Database.SqlQueryRaw<long>("PRAGMA synchronous").ToListAsync(Ct)).Single();

    private GatewayStore Store(string file = "gateway.db")
    {
        var options = new DbContextOptionsBuilder<GatewayStore>();
        options.UseDatabase(new DatabaseOptions { Connection = $"Data Source={Path.Combine(folder, file)}" }, GatewayStore.Schema);
        return new GatewayStore(options.Options);
    }
}
