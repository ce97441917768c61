using Gateway.Storage;
using Gateway.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Shared;

namespace Gateway.Tests.Storage;

/// <summary>The write-ahead log goes into its file beside the commits.</summary>
public sealed class SqliteLog_Tests(SharedGateway shared)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_commit_leaves_the_log_alone_and_its_keeper_brings_it_in()
    {
        await using var host = await GatewayHost.StartAsync(shared.Upstream);
        var keeper = host.Services.GetServices<IHostedService>().OfType<SqliteLogKeeper<GatewayStore>>().Single();

        Assert.Equal([16_000L], await host.ReadAsync(store => store.Database.SqlQuery<long>($"PRAGMA wal_autocheckpoint").ToListAsync(Ct)));
        await host.ReadAsync(store => store.Database.ExecuteSqlRawAsync("CREATE TABLE Filler (Bytes BLOB)", Ct));
        await FillAsync(host, megabytes: 8);
        var (pages, inFile) = await keeper.KeepAsync(Ct);

        Assert.InRange(pages, 2_000, 4_000);
        Assert.Equal(pages, inFile);
    }

    [Fact]
    public async Task A_long_log_begins_anew_unless_somebody_reads_in_it_and_nobody_waits_long_for_that()
    {
        await using var host = await GatewayHost.StartAsync(shared.Upstream);
        var keeper = host.Services.GetServices<IHostedService>().OfType<SqliteLogKeeper<GatewayStore>>().Single();
        await host.ReadAsync(store => store.Database.ExecuteSqlRawAsync("CREATE TABLE Filler (Bytes BLOB)", Ct));

        await host.ReadAsync(async reading =>
        {
            await reading.Database.OpenConnectionAsync(Ct);
            await using var read = ((SqliteConnection)reading.Database.GetDbConnection()).BeginTransaction(deferred: true);
            await reading.Database.UseTransactionAsync(read, Ct);
            await reading.Database.SqlQuery<long>($"SELECT COUNT(*) AS Value FROM Filler").SingleAsync(Ct);
            await FillAsync(host, megabytes: 30);
            Assert.True(await keeper.KeepAsync(Ct) is var (pages, inFile) && pages > 6_000 && inFile < pages);
            return 0;
        });
        await keeper.KeepAsync(Ct);
        await FillAsync(host, megabytes: 1);

        Assert.InRange((await keeper.KeepAsync(Ct)).Pages, 0, 1_000); // it began anew, perhaps twice: the product's own round goes on beside this
        Assert.Empty(host.Logs.Unhandled);
    }

    [Fact]
    public async Task A_long_log_waits_for_its_turn_among_writers_and_then_begins_anew()
    {
        await using var host = await GatewayHost.StartAsync(shared.Upstream);
        var keeper = host.Services.GetServices<IHostedService>().OfType<SqliteLogKeeper<GatewayStore>>().Single();
        await host.ReadAsync(store => store.Database.ExecuteSqlRawAsync("CREATE TABLE Filler (Bytes BLOB)", Ct));

        var keeping = await host.ReadAsync(async writing =>
        {
            using var turn = await writing.TakeTurnAsync(Ct); // before the log is long, so that the product's own round has not begun it anew
            await FillAsync(host, megabytes: 30);
            await using var write = await writing.Database.BeginTransactionAsync(Ct);
            var waits = keeper.KeepAsync(Ct);
            Assert.False(waits.IsCompleted); // it does not give up before the writer is done
            await write.CommitAsync(Ct);
            return new { Task = waits };
        });

        Assert.True(await keeping.Task is var (pages, inFile) && inFile == pages);
        await FillAsync(host, megabytes: 1);
        Assert.InRange((await keeper.KeepAsync(Ct)).Pages, 0, 1_000);
    }

    private static Task<int> FillAsync(GatewayHost host, int megabytes) =>
        host.ReadAsync(store => store.Database.ExecuteSqlAsync($"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {megabytes}) INSERT INTO Filler SELECT randomblob(1048576) FROM n", Ct));
}
