using Gateway.Audit;
using Gateway.Proof;
using Gateway.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Tests.Servers;

namespace Gateway.Tests.Proof;

/// <summary>Whoever saves entries, how, and with how many others at once: they are links of chains that fit, on each database.</summary>
public sealed class Chains_Tests(SharedGateway shared, Databases databases)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string> All => Databases.All;

    [Theory, MemberData(nameof(All))]
    public async Task Two_gateways_that_write_and_sign_at_once_leave_a_trail_that_is_proven_whole(string provider)
    {
        var settings = (await databases.NewAsync(provider)).Settings("Storage").ToDictionary();
        await using var one = await GatewayHost.StartAsync(shared.Upstream, settings);
        await using var other = await GatewayHost.StartAsync(shared.Upstream, new(settings) { ["Proof:SigningKeyFile"] = Path.Combine(one.DataFolder, "trail-signing-key.pem") });
        GatewayHost[] both = [one, other];
        var before = await one.ReadAsync(store => store.Set<TrailEntry>().CountAsync(Ct));

        await Task.WhenAll(Enumerable.Range(0, 12).Select(writer => Task.Run(async () =>
        {
            var host = both[writer % 2];
            for (var round = 0; round < 10; round++)
            {
                await host.AppendAsync(TrailWriter.Entry(round), TrailWriter.Entry(round + 1));
                if (writer < 4) await host.Checkpoints().MakeAsync(Ct);
                else await InOneTransactionAsync(host, round, commits: round % 2 == 0);
            }
        }, Ct)));
        await one.CoverAsync();

        var report = await one.VerifyAsync();
        report.AssertSound();
        Assert.Equal(before + (12 * 10 * 2) + (8 * 5 * 2), report.Proven);
        Assert.Equal(0, report.Unsigned);
        Assert.InRange(report.Chains, 1, 60);
    }

    [Theory, MemberData(nameof(All))]
    public async Task What_is_newer_than_the_last_checkpoint_is_followed_to_the_end_of_its_chain(string provider)
    {
        await using var host = await GatewayHost.StartAsync(shared.Upstream, (await databases.NewAsync(provider)).Settings("Storage").ToDictionary());
        await host.AppendAsync(Enumerable.Range(0, 7).Select(TrailWriter.Entry));
        await host.CoverAsync();
        await host.AppendAsync(Enumerable.Range(0, 5).Select(TrailWriter.Entry));

        var report = await host.VerifyAsync();
        report.AssertSound();
        Assert.Equal(5, report.Unsigned);
    }

    [Theory, MemberData(nameof(All))]
    public async Task A_fact_that_is_told_twice_leaves_one_entry_and_chains_that_fit(string provider)
    {
        await using var host = await GatewayHost.StartAsync(shared.Upstream, (await databases.NewAsync(provider)).Settings("Storage").ToDictionary());
        var fact = Guid.NewGuid();
        await host.AppendAsync(TrailWriter.Entry(0) with { FactId = fact });
        await Assert.ThrowsAsync<DbUpdateException>(() => host.AppendAsync(TrailWriter.Entry(1) with { FactId = fact }));
        await host.AppendAsync(TrailWriter.Entry(2));
        await host.CoverAsync();

        (await host.VerifyAsync()).AssertSound();
    }

    [Theory, MemberData(nameof(All))]
    public async Task Whatever_is_cancelled_rolled_back_or_refused_no_chain_is_given_to_two_writers(string provider)
    {
        await using var host = await GatewayHost.StartAsync(shared.Upstream, (await databases.NewAsync(provider)).Settings("Storage").ToDictionary());
        var fact = Guid.NewGuid();
        await host.AppendAsync(TrailWriter.Entry(0) with { FactId = fact });
        var conflicts = 0;

        await Parallel.ForEachAsync(Enumerable.Range(0, 400), new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = Ct }, async (n, _) =>
        {
            using var hangUp = new CancellationTokenSource();
            if (n % 3 == 0) hangUp.CancelAfter(TimeSpan.FromMilliseconds(n % 7));
            try
            {
                await using var store = await host.StoreAsync();
                if (n % 5 == 0) await store.SaveChangesAsync(hangUp.Token); // nothing
                await using var transaction = n % 2 == 0 ? await store.Database.BeginTransactionAsync(hangUp.Token) : null;
                if (n % 7 == 0) store.Attach(new TrailChain { Id = Guid.NewGuid(), Position = 1, Head = [] }).Property(chain => chain.Covered).CurrentValue = 1; // a race that is lost
                store.Add(n % 11 == 0 ? TrailWriter.Entry(n) with { FactId = fact } : TrailWriter.Entry(n));
                await store.SaveChangesAsync(hangUp.Token);
                await store.SaveChangesAsync(hangUp.Token); // nothing
                if (n % 10 == 0) return; // and what was saved is rolled back
                if (transaction is not null) await transaction.CommitAsync(hangUp.Token);
            }
            catch (DbUpdateConcurrencyException) when (n % 7 != 0)
            {
                Interlocked.Increment(ref conflicts);
            }
            catch (Exception refused) when (refused is OperationCanceledException or DbUpdateException or System.Data.Common.DbException)
            {
                // As it should be.
            }
        });

        Assert.Equal(0, conflicts);
        await host.CoverAsync();
        (await host.VerifyAsync()).AssertSound();
    }

    [Fact]
    public async Task No_code_can_change_or_delete_an_entry()
    {
        await using var host = await GatewayHost.StartAsync(shared.Upstream);
        await host.AppendAsync(TrailWriter.Entry(0));
        await using var store = await host.StoreAsync();
        var entry = await store.Set<TrailEntry>().OrderBy(e => e.Sequence).LastAsync(Ct);

        store.Entry(entry).Property(e => e.Reason).CurrentValue = "another";
        await Assert.ThrowsAsync<InvalidOperationException>(() => store.SaveChangesAsync(Ct));
        store.Entry(entry).State = EntityState.Deleted;
        await Assert.ThrowsAsync<InvalidOperationException>(() => store.SaveChangesAsync(Ct));
    }

    [Fact]
    public async Task Stopping_leaves_nothing_unsigned_and_the_next_start_goes_on()
    {
        var data = Directory.CreateTempSubdirectory("gateway-test-").FullName;
        try
        {
            await using (var first = await GatewayHost.StartAsync(shared.Upstream, data: data)) await first.AppendAsync(TrailWriter.Entry(0));
            await using var second = await GatewayHost.StartAsync(shared.Upstream, data: data);
            var report = await second.VerifyAsync();

            report.AssertSound();
            Assert.Equal(0, report.Unsigned);
            Assert.True(report.Proven > 0);
            await second.AppendAsync(TrailWriter.Entry(1));
            await second.CoverAsync();
            (await second.VerifyAsync()).AssertSound();
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    private static async Task InOneTransactionAsync(GatewayHost host, int round, bool commits)
    {
        await using var store = await host.StoreAsync();
        await using var transaction = await store.Database.BeginTransactionAsync(Ct);
        store.Add(TrailWriter.Entry(round));
        await store.SaveChangesAsync(Ct);
        store.Add(TrailWriter.Entry(round + 1));
        await store.SaveChangesAsync(Ct);
        if (commits) await transaction.CommitAsync(Ct);
    }
}
