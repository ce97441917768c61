using Gateway.Audit;
using Gateway.Proof;
using Gateway.Proof.Verification;
using Gateway.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Tests.Proof;

/// <summary>Somebody with the database in their hands. What they do shows, and is called what it is.</summary>
public sealed class LiveTampering_Tests(SharedGateway shared) : IAsyncLifetime
{
    private GatewayHost host = null!; // set before each test
    private Guid chain;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        host = await GatewayHost.StartAsync(shared.Upstream);
        // Three checkpoints, and a few entries after them, in one chain.
        for (var part = 0; part < 3; part++)
        {
            await host.AppendAsync(Enumerable.Range(part * 20, 20).Select(TrailWriter.Entry));
            await host.CoverAsync();
        }
        await host.AppendAsync(Enumerable.Range(60, 10).Select(TrailWriter.Entry));
        chain = (await host.TrailAsync(e => e.Actor == "person-0")).Single().Chain!.Value;
        (await host.VerifyAsync()).AssertSound();
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Theory]
    [InlineData(1), InlineData(20), InlineData(33), InlineData(60)]
    public async Task A_changed_entry(int position)
    {
        await SqlAsync("UPDATE Trail SET Reason = 'another' WHERE Chain = {0} AND Position = {1}", chain, position);
        await AssertFaultAsync(FaultKind.EntryChanged, position);
    }

    [Theory]
    [InlineData(64), InlineData(69)]
    public async Task A_changed_entry_that_no_checkpoint_covers_yet(int position)
    {
        await SqlAsync("UPDATE Trail SET Reason = 'another' WHERE Chain = {0} AND Position = {1}", chain, position);
        await AssertFaultAsync(FaultKind.EntryChanged, position);
    }

    [Fact]
    public async Task A_changed_entry_with_its_hash_and_all_that_follow_made_anew()
    {
        var entries = await host.TrailAsync(e => e.Chain == chain);
        var hash = entries.Single(e => e.Position == 29).Hash!;
        foreach (var entry in entries.Where(e => e.Position >= 30).OrderBy(e => e.Position))
        {
            var forged = entry.Position == 30 ? entry with { Actor = "somebody else" } : entry;
            hash = System.Security.Cryptography.SHA256.HashData(TrailLine.Of(forged, chain, entry.Position!.Value, hash).Span);
            await SqlAsync("UPDATE Trail SET Actor = {0}, Hash = {1} WHERE Sequence = {2}", forged.Actor, hash, entry.Sequence);
        }
        await SqlAsync("UPDATE TrailChains SET Head = {0} WHERE Id = {1}", hash, chain);
        await AssertFaultAsync(FaultKind.EntryChanged, 30);
    }

    [Theory]
    [InlineData(1), InlineData(25), InlineData(60), InlineData(65)]
    public async Task A_dropped_entry(int position)
    {
        await SqlAsync("DELETE FROM Trail WHERE Chain = {0} AND Position = {1}", chain, position);
        await AssertFaultAsync(FaultKind.EntryMissing, position);
    }

    [Fact]
    public async Task A_dropped_end()
    {
        await SqlAsync("DELETE FROM Trail WHERE Chain = {0} AND Position >= {1}", chain, 66);
        await AssertFaultAsync(FaultKind.CutOff, 66);
    }

    [Fact]
    public async Task A_dropped_end_with_the_chain_set_back_to_hide_it()
    {
        var head = (await host.TrailAsync(e => e.Chain == chain && e.Position == 50)).Single().Hash!;
        await SqlAsync("DELETE FROM Trail WHERE Chain = {0} AND Position > {1}", chain, 50);
        await SqlAsync("UPDATE TrailChains SET Head = {0}, Position = 50, Covered = 50 WHERE Id = {1}", head, chain);
        await AssertFaultAsync(FaultKind.CutOff, 51);
    }

    [Fact]
    public async Task Two_entries_that_changed_places()
    {
        await SqlAsync("UPDATE Trail SET Position = -1 WHERE Chain = {0} AND Position = 22", chain);
        await SqlAsync("UPDATE Trail SET Position = 22 WHERE Chain = {0} AND Position = 31", chain);
        await SqlAsync("UPDATE Trail SET Position = 31 WHERE Chain = {0} AND Position = -1", chain);
        await AssertFaultAsync(FaultKind.EntryMoved, 22);
        await AssertFaultAsync(FaultKind.EntryMoved, 31);
    }

    [Fact]
    public async Task An_entry_after_the_end_of_its_chain()
    {
        var end = (await host.TrailAsync(e => e.Chain == chain)).Max(e => e.Position!.Value);
        await AddAsync(chain, end + 1);
        await AssertFaultAsync(FaultKind.EntryAdded, end + 1);
    }

    [Fact]
    public async Task An_entry_of_a_chain_that_no_gateway_began()
    {
        await AddAsync(Guid.NewGuid(), 1);
        await AssertFaultAsync(FaultKind.EntryAdded, 1);
    }

    [Fact]
    public async Task An_entry_of_no_chain()
    {
        await AddAsync(null, null);
        Assert.True((await host.VerifyAsync()).Has(FaultKind.EntryAdded));
    }

    [Fact]
    public async Task A_changed_checkpoint_and_one_that_was_dropped()
    {
        await SqlAsync("UPDATE Checkpoints SET Line = replace(Line, '\"at\":\"2', '\"at\":\"3') WHERE Number = 2");
        Assert.True((await host.VerifyAsync()).Has(FaultKind.CheckpointChanged));
        await SqlAsync("DELETE FROM Checkpoints WHERE Number = 2");
        Assert.True((await host.VerifyAsync()).Has(FaultKind.CheckpointMissing));
    }

    [Fact]
    public async Task Hashes_beside_a_checkpoint_that_are_not_those_it_signed_and_an_entry_changed_with_them()
    {
        await SqlAsync("UPDATE Checkpoints SET Leaves = zeroblob(length(Leaves)) WHERE Number = 2");
        Assert.True((await host.VerifyAsync()).Has(FaultKind.CheckpointChanged));
        await SqlAsync("UPDATE Trail SET Reason = 'another' WHERE Chain = {0} AND Position = 30", chain);
        await AssertFaultAsync(FaultKind.EntryChanged, 30);
    }

    [Fact]
    public async Task A_trail_signed_anew_with_another_key()
    {
        using var another = SigningKey.FromPem(SigningKey.Make());
        var checkpoint = await host.ReadAsync(store => store.Set<Checkpoint>().AsNoTracking().OrderBy(c => c.Number).LastAsync(Ct));
        var forged = (CheckpointStatement.Read(checkpoint.Line)! with { PublicKey = another.PublicKey }).ToLine();
        var signature = Convert.ToBase64String(another.Sign(System.Text.Encoding.UTF8.GetBytes(forged)));
        await SqlAsync("UPDATE Checkpoints SET Line = {0}, Signatures = {1} WHERE Number = {2}", forged, $$"""[{"key":"{{another.Id}}","signature":"{{signature}}"}]""", checkpoint.Number);
        Assert.True((await host.VerifyAsync()).Has(FaultKind.KeyNotTrusted));
    }

    [Fact]
    public async Task Tampering_that_a_running_gateway_notices_itself_is_not_signed()
    {
        await SqlAsync("DELETE FROM Trail WHERE Chain = {0} AND Position = 65", chain);
        Assert.Null(await host.Checkpoints().MakeAsync(Ct));
        Assert.Contains(host.Logs.All, message => message.Contains("tampered", StringComparison.Ordinal));
    }

    private async Task AssertFaultAsync(FaultKind kind, long position)
    {
        var report = await host.VerifyAsync();
        Assert.True(report.Faults.Any(fault => fault.Kind == kind && fault.Position == position), string.Join('\n', report.Faults.Select(fault => $"{fault.Kind} {fault.Position}: {fault.Says}")));
        Assert.All(report.Faults, fault => Assert.True(fault.Kind == kind || fault.Kind is FaultKind.CheckpointChanged or FaultKind.CutOff or FaultKind.EntryMissing, $"{fault.Kind} {fault.Position}: {fault.Says}"));
    }

    private async Task AddAsync(Guid? into, long? position) => await SqlAsync(
        "INSERT INTO Trail (At, Kind, Actor, FindingTypes, Chain, Position, Hash) VALUES ('2026-11-02 08:00:00', 'grant', 'mallory', '', {0}, {1}, zeroblob(32))", into!, position!); // null is what one of them is about

    private async Task SqlAsync(string sql, params object[] values)
    {
        await using var store = await host.StoreAsync();
        Assert.NotEqual(0, await store.Database.ExecuteSqlRawAsync(sql, values, Ct));
    }
}
