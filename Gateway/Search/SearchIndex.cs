using System.Data.Common;
using System.Security.Cryptography;
using Gateway.Audit;
using Gateway.Proof;
using Gateway.Storage;
using Gateway.Texts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Shared;

namespace Gateway.Search;

/// <summary>
/// Makes what was recorded findable, checkpoint by checkpoint and off the path of prompts. Any number of gateways do; what one
/// has indexed another does not index again, and twice would be the same.
/// </summary>
internal sealed partial class SearchIndex(
    KeptStores<GatewayStore> stores, EntryReader reader, InstallationSecrets secrets, IOptions<SearchOptions> options, IOptions<ProofOptions> proof, TimeProvider clock, ILogger<SearchIndex> logger) : BackgroundService
{
    /// <summary>Read at once.</summary>
    private const int Batch = 10;

    /// <summary>In one transaction: whoever records something waits for it where there is one writer.</summary>
    private const int Saved = 5;
    private static readonly Guid SecretId = new("73656172-6368-4b65-8900-000000000001");
    private SearchHash? hash;

    public async Task<SearchHash> HashAsync(CancellationToken ct) => hash ??= new SearchHash(await secrets.OfAsync("search", SecretId, ct));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.Enabled) return;
        using var timer = new PeriodicTimer(proof.Value.CheckpointEvery, clock);
        try
        {
            do await CatchUpAsync(stoppingToken, new RestingPace(clock));
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The next start goes on.
        }
    }

    /// <summary>Up to the last checkpoint.</summary>
    /// <param name="pace">Null to go on at once after each step.</param>
    public async Task CatchUpAsync(CancellationToken ct, RestingPace? pace = null)
    {
        try
        {
            while (await NextAsync(pace, ct))
            {
                // There may be more.
            }
        }
        catch (DbUpdateException other) when (other is DbUpdateConcurrencyException || other.IsDuplicate())
        {
            // Another gateway indexes the same; the next round goes on behind what is done then.
        }
        // The store may be away for a while, another gateway be at it, or its keys not be here: prompts go their way, and the next round tries again.
        catch (Exception fault) when (fault is DbUpdateException or DbException or TimeoutException or CryptographicException or TextErasedException or InvalidOperationException)
        {
            LogFailed(fault);
        }
    }

    private async Task<bool> NextAsync(RestingPace? pace, CancellationToken ct)
    {
        var key = await HashAsync(ct);
        pace?.Begin();
        await using var lent = await stores.LendAsync(ct);
        var store = lent.Store;
        var cursor = await store.Set<SearchCursor>().SingleOrDefaultAsync(ct) ?? store.Add(new SearchCursor { Id = SearchCursor.OnlyOne, Checkpoint = 0 }).Entity;
        var next = await store.Set<Checkpoint>().AsNoTracking().Where(c => c.Number > cursor.Checkpoint).OrderBy(c => c.Number).Select(c => new { c.Number, c.Line }).FirstOrDefaultAsync(ct);
        if (next is null) return false;
        foreach (var range in CheckpointStatement.Read(next.Line)?.Ranges ?? [])
        {
            for (var from = range.From; from <= range.To; from += Batch)
            {
                var (first, last) = (from, Math.Min(range.To, from + Batch - 1));
                var entries = await store.Set<TrailEntry>().AsNoTracking().Where(e => e.Chain == range.Chain && e.Position >= first && e.Position <= last).ToListAsync(ct);
                await IndexAsync([.. entries.Where(EntryReader.Reads).OrderBy(e => e.Position)], key, pace, ct);
            }
        }
        cursor.Checkpoint = next.Number;
        await store.SaveChangesAsync(ct);
        return true;
    }

    private async Task IndexAsync(IReadOnlyList<TrailEntry> entries, SearchHash key, RestingPace? pace, CancellationToken ct)
    {
        if (entries.Count == 0) return;
        await using var lent = await stores.LendAsync(ct);
        var store = lent.Store;
        var texts = await TextVault.ReadAsync(store, [.. entries.SelectMany(entry => new[] { entry.RequestText, entry.AnswerText }).OfType<Guid>().Distinct()], ct);
        var read = new List<IndexedEntry>();
        foreach (var entry in entries)
        {
            await RestAsync();
            if (await reader.ReadAsync(entry, key, texts, store, ct) is { } indexed) read.Add(indexed);
        }
        foreach (var saved in read.Chunk(Saved))
        {
            await RestAsync();
            // A power cut may undo it: then the cursor, which is saved with a sync, still stands before it, and it is done again.
            await SqliteManners.WithoutSyncAsync(store, () => SaveAsync(store, saved, ct));
        }
        await RestAsync();

        Task RestAsync() => pace?.RestAsync(ct) ?? Task.CompletedTask;
    }

    private static async Task SaveAsync(GatewayStore store, IReadOnlyList<IndexedEntry> read, CancellationToken ct)
    {
        var ids = read.Select(one => one.Words!.InteractionId).Distinct().ToList(); // what is read has words, if none
        using var turn = await store.TakeTurnAsync(ct);
        await using var indexing = await store.Database.BeginTransactionAsync(ct);
        // Whoever erases these at the same moment waits for this, and then erases it too; what is erased already is left out. SQLite's transaction locks everything as it is.
        if (!store.IsOnSqlite()) await store.Set<TextKey>().Where(k => ids.Contains(k.Id)).ExecuteUpdateAsync(set => set.SetProperty(k => k.MasterKey, k => k.MasterKey), ct);
        var kept = (await store.Set<TextKey>().Where(k => ids.Contains(k.Id)).Select(k => k.Id).ToListAsync(ct)).ToHashSet();
        var known = (await store.Set<Fingerprint>().AsNoTracking().Where(f => ids.Contains(f.InteractionId)).ToListAsync(ct)).Select(KeyOf).ToHashSet();
        var worded = (await store.Set<PromptWords>().Where(w => ids.Contains(w.InteractionId)).Select(w => w.InteractionId).ToListAsync(ct)).ToHashSet();
        var rows = new List<object>();
        foreach (var one in read.Where(one => kept.Contains(one.Words!.InteractionId)))
        {
            if (worded.Add(one.Words!.InteractionId)) rows.Add(one.Words);
            rows.AddRange(one.Fingerprints.Where(fingerprint => known.Add(KeyOf(fingerprint))));
        }
        await store.InsertAsync(rows, ct);
        await indexing.CommitAsync(ct);
    }

    private static (string, string?, long, Went) KeyOf(Fingerprint fingerprint) => (fingerprint.InteractionId, fingerprint.Type, fingerprint.Hash, fingerprint.Went);

    [LoggerMessage(1, LogLevel.Warning, "What was recorded could not be made findable; the next round goes on from there.")]
    private partial void LogFailed(Exception fault);
}
