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
    /// <summary>Asked for at once.</summary>
    private const int Batch = 10;

    /// <summary>Read between two rests, each of which costs a timer and a thread that wakes.</summary>
    private const int Read = 2;

    /// <summary>In one transaction: whoever records something waits for it where there is one writer.</summary>
    private const int Saved = 5;
    private static readonly Guid SecretId = new("73656172-6368-4b65-8900-000000000001");

    private readonly Func<GatewayStore, Guid, long, long, IAsyncEnumerable<StoredEntry>> entriesOf = EF.CompileAsyncQuery((GatewayStore store, Guid chain, long first, long last) =>
        from entry in store.Set<TrailEntry>().AsNoTracking()
        where entry.Chain == chain && entry.Position >= first && entry.Position <= last
        join request in store.Set<SealedText>().AsNoTracking() on entry.RequestText equals request.Id into requests
        from request in requests.DefaultIfEmpty()
        join requestKey in store.Set<TextKey>().AsNoTracking() on request.KeyId equals requestKey.Id into requestKeys
        from requestKey in requestKeys.DefaultIfEmpty()
        join answer in store.Set<SealedText>().AsNoTracking() on entry.AnswerText equals answer.Id into answers
        from answer in answers.DefaultIfEmpty()
        join answerKey in store.Set<TextKey>().AsNoTracking() on answer.KeyId equals answerKey.Id into answerKeys
        from answerKey in answerKeys.DefaultIfEmpty()
        orderby entry.Position
        select new StoredEntry(entry, request, requestKey, answer, answerKey));
    private readonly Func<GatewayStore, string[], IAsyncEnumerable<Kept>> keptOf = EF.CompileAsyncQuery((GatewayStore store, string[] ids) =>
        store.Set<TextKey>().Where(key => ids.Contains(key.Id)).Select(key => new Kept(key.Id, store.Set<PromptWords>().Any(words => words.InteractionId == key.Id))));
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
                await IndexAsync(await entriesOf(store, range.Chain, first, last).Where(stored => EntryReader.Reads(stored.Entry)).ToListAsync(ct), key, pace, ct);
            }
        }
        cursor.Checkpoint = next.Number;
        await store.SaveChangesAsync(ct);
        return true;
    }

    private async Task IndexAsync(List<StoredEntry> entries, SearchHash key, RestingPace? pace, CancellationToken ct)
    {
        if (entries.Count == 0) return;
        await using var lent = await stores.LendAsync(ct);
        var store = lent.Store;
        var read = new List<IndexedEntry>();
        foreach (var step in entries.Chunk(Read))
        {
            await RestAsync();
            foreach (var entry in step)
            {
                if (await reader.ReadAsync(entry, key, store, ct) is { } indexed) read.Add(indexed);
            }
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

    private async Task SaveAsync(GatewayStore store, IReadOnlyList<IndexedEntry> read, CancellationToken ct)
    {
        var ids = read.Select(one => one.Words!.InteractionId).Distinct().ToArray(); // what is read has words, if none
        using var turn = await store.TakeTurnAsync(ct);
        await using var indexing = await store.Database.BeginTransactionAsync(ct);
        // Whoever erases these at the same moment waits for this, and then erases it too; what is erased already is left out. SQLite's transaction locks everything as it is.
        if (!store.IsOnSqlite()) await store.Set<TextKey>().Where(k => ids.Contains(k.Id)).ExecuteUpdateAsync(set => set.SetProperty(k => k.MasterKey, k => k.MasterKey), ct);
        var kept = await keptOf(store, ids).ToDictionaryAsync(one => one.Interaction, one => one.HasWords, StringComparer.Ordinal, ct);
        var worded = kept.Where(one => one.Value).Select(one => one.Key).ToHashSet(StringComparer.Ordinal);
        // They come with the words.
        var known = worded.Count == 0 ? [] : (await store.Set<Fingerprint>().AsNoTracking().Where(f => worded.Contains(f.InteractionId)).ToListAsync(ct)).Select(KeyOf).ToHashSet();
        var rows = new List<object>();
        foreach (var one in read.Where(one => kept.ContainsKey(one.Words!.InteractionId)))
        {
            if (worded.Add(one.Words!.InteractionId)) rows.Add(one.Words);
            rows.AddRange(one.Fingerprints.Where(fingerprint => known.Add(KeyOf(fingerprint))));
        }
        await store.InsertAsync(rows, ct);
        await indexing.CommitAsync(ct);
    }

    private static (string, string?, long, Went) KeyOf(Fingerprint fingerprint) => (fingerprint.InteractionId, fingerprint.Type, fingerprint.Hash, fingerprint.Went);

    private sealed record Kept(string Interaction, bool HasWords);

    [LoggerMessage(1, LogLevel.Warning, "What was recorded could not be made findable; the next round goes on from there.")]
    private partial void LogFailed(Exception fault);
}
