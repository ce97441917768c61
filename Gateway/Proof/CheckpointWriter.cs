using System.Data.Common;
using System.Security.Cryptography;
using Gateway.Audit;
using Gateway.Storage;
using Gateway.Telemetry;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Shared;

namespace Gateway.Proof;

/// <summary>
/// Joins the ends of all chains in one signed checkpoint, again and again. Every gateway tries; a checkpoint's number is its
/// row's key, so of several that make the same one, one did, and the others look what is left.
/// </summary>
internal sealed partial class CheckpointWriter(IDbContextFactory<GatewayStore> stores, CheckpointSigner signer, GatewayMetrics metrics, IOptions<ProofOptions> options, TimeProvider clock, ILogger<CheckpointWriter> logger) : BackgroundService
{
    private const int MostChains = 4096;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.CheckpointEvery, clock);
        try
        {
            do await MakeAllAsync(stoppingToken);
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // What is left, StopAsync covers.
        }
    }

    /// <summary>What was recorded until now is covered before the process ends.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await MakeAllAsync(cancellationToken);
    }

    private async Task MakeAllAsync(CancellationToken ct)
    {
        try
        {
            while (await MakeAsync(ct) is { Full: true })
            {
                // A flood came since the last one: cover it without waiting for the next round.
            }
        }
        // The store may be away for a while; the next round covers what this one did not.
        catch (Exception fault) when (fault is DbUpdateException or DbException or TimeoutException or InvalidOperationException or CryptographicException)
        {
            LogNotMade(fault);
        }
    }

    /// <param name="evenIfEmpty">Also where nothing is new: it then says that nothing was recorded up to now.</param>
    /// <returns>The checkpoint that this call made; null when there was nothing to cover, or another gateway covered it first.</returns>
    public async Task<MadeCheckpoint?> MakeAsync(CancellationToken ct, bool evenIfEmpty = false)
    {
        await using var store = await stores.CreateDbContextAsync(ct);
        var last = await store.Set<Checkpoint>().AsNoTracking().OrderByDescending(c => c.Number).Select(c => new { c.Line }).FirstOrDefaultAsync(ct);
        var chains = await store.Set<TrailChain>().AsNoTracking().Where(c => c.Position > c.Covered).Take(MostChains).ToListAsync(ct);
        chains.Sort((one, other) => string.CompareOrdinal(one.Id.ToString("N"), other.Id.ToString("N"))); // databases order them each in their own way

        var leaves = new MemoryStream();
        var ranges = new List<ChainRange>();
        foreach (var chain in chains)
        {
            var (from, until) = (chain.Covered + 1, Math.Min(chain.Position, chain.Covered + CheckpointStatement.MostEntries - (leaves.Length / MerkleTree.HashLength)));
            if (until < from) break;
            var hashes = await store.Set<TrailEntry>().AsNoTracking().Where(e => e.Chain == chain.Id && e.Position >= from && e.Position <= until).OrderBy(e => e.Position).Select(e => e.Hash!).ToListAsync(ct);
            if (hashes.Count != until - from + 1 || (until == chain.Position && !hashes[^1].AsSpan().SequenceEqual(chain.Head)))
            {
                // Entries that were saved are not there, or are others: no checkpoint vouches for that.
                metrics.TrailBroken();
                LogBroken(chain.Id, from, until);
                continue;
            }
            hashes.ForEach(hash => leaves.Write(hash));
            ranges.Add(new ChainRange(chain.Id, from, until, Convert.ToHexStringLower(hashes[^1])));
        }
        if (ranges.Count == 0 && !evenIfEmpty) return null;

        var before = last is null ? null : CheckpointStatement.Read(last.Line) ?? throw new InvalidOperationException("The last checkpoint cannot be read: it was changed.");
        var statement = new CheckpointStatement
        {
            Number = (before?.Number ?? 0) + 1, At = TrailLine.Storable(clock.GetUtcNow()), Previous = last is null ? null : CheckpointStatement.HashOf(last.Line), Root = Convert.ToHexStringLower(MerkleTree.RootOf(leaves.ToArray())),
            Total = (before?.Total ?? 0) + ranges.Sum(range => range.Count), Unchained = before is null ? await store.Set<TrailEntry>().LongCountAsync(e => e.Chain == null, ct) : null,
            Ranges = ranges, PublicKey = signer.PublicKey,
        };
        return await SaveAsync(store, statement, leaves.ToArray(), ct);
    }

    private async Task<MadeCheckpoint?> SaveAsync(GatewayStore store, CheckpointStatement statement, byte[] leaves, CancellationToken ct)
    {
        var line = statement.ToLine();
        store.Add(new Checkpoint { Number = statement.Number, At = statement.At, Line = line, Signatures = signer.Sign(line), Leaves = leaves });
        using var turn = await store.TakeTurnAsync(ct);
        await using var covering = await store.Database.BeginTransactionAsync(ct);
        try
        {
            await store.SaveChangesAsync(ct);
        }
        catch (DbUpdateException other) when (other.IsDuplicate())
        {
            return null; // another gateway was first
        }
        foreach (var range in statement.Ranges)
            await store.Set<TrailChain>().Where(c => c.Id == range.Chain).ExecuteUpdateAsync(set => set.SetProperty(c => c.Covered, range.To), ct);
        await covering.CommitAsync(ct);
        return new MadeCheckpoint(statement, leaves.Length / MerkleTree.HashLength == CheckpointStatement.MostEntries);
    }

    [LoggerMessage(1, LogLevel.Warning, "No checkpoint could be made; the next one covers the same entries.")]
    private partial void LogNotMade(Exception fault);

    [LoggerMessage(2, LogLevel.Critical, "The trail was tampered with: entries {From} to {To} of chain {Chain} are not as they were saved. No checkpoint covers them; run 'audit verify'.")]
    private partial void LogBroken(Guid chain, long from, long to);
}

/// <param name="Full">As many entries as one may cover: there may be more.</param>
internal sealed record MadeCheckpoint(CheckpointStatement Statement, bool Full);
