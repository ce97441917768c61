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
            await FillAsync(host, megabytes: 20);
            Assert.True(await keeper.KeepAsync(Ct) is var (pages, inFile) && pages > 4_000 && inFile < pages);
            return 0;
        });
        await keeper.KeepAsync(Ct);
        await FillAsync(host, megabytes: 1);

        Assert.InRange((await keeper.KeepAsync(Ct)).Pages, 0, 1_000); // it began anew, perhaps twice: the product's own round goes on beside this
        Assert.Empty(host.Logs.Unhandled);
    }

    private static Task<int> FillAsync(GatewayHost host, int megabytes) =>
        host.ReadAsync(store => store.Database.ExecuteSqlAsync($"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {megabytes}) INSERT INTO Filler SELECT randomblob(1048576) FROM n", Ct));
}
