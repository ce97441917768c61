using System.Collections.Concurrent;
using System.Data.Common;
using Contracts.Messages;
using Gateway.Identity;
using Gateway.Storage;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Keys;

/// <summary>
/// Callers with keys that people issued. What the store says of a key is believed for two seconds, so that is how long a
/// revoked one lives on, on every instance and whichever a caller comes to; and a busy key costs a look-up every two seconds.
/// </summary>
internal sealed partial class IssuedKeys(IDbContextFactory<GatewayStore> stores, RightsByGroup rights, TimeProvider clock, ILogger<IssuedKeys> logger) : ICallerSource
{
    public const string SourceName = "key";
    private const string Code = "invalid_api_key";

    /// <summary>Also of keys that are not there, so that trying them again costs nothing; bounded, so that trying others costs no memory.</summary>
    private const int MostRemembered = 10_000;
    private static readonly TimeSpan Believed = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan UseNoted = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, Look> remembered = new(StringComparer.Ordinal);

    public string Name => SourceName;

    public async Task<CallerAnswer> FindAsync(string credential, CancellationToken ct)
    {
        if (!KeyText.IsWellFormed(credential)) return new CallerAnswer.NotMine();
        try
        {
            var key = await LookUpAsync(CallerDirectory.Hash(credential), ct);
            return key is null ? new CallerAnswer.NotMine()
                : key.RevokedAt is not null ? new CallerAnswer.Refused(Code, "The key has been revoked.")
                : !key.IsGood(clock.GetUtcNow()) ? new CallerAnswer.Refused(Code, "The key has expired.")
                : new CallerAnswer.Known(key.ToCaller(rights));
        }
        catch (DbException fault)
        {
            LogStoreFault(fault.GetType().Name);
            return new CallerAnswer.Unavailable("store_unavailable", "The gateway's store cannot be used, so the key cannot be checked. Try again later.");
        }
    }

    /// <summary>Asks the store itself: what is about to be executed is not up to what was true two seconds ago.</summary>
    public async Task<Caller?> FindAsync(CallerRef snapshot, string credential, CancellationToken ct)
    {
        var id = Guid.ParseExact(credential, "N");
        await using var store = await stores.CreateDbContextAsync(ct);
        return await store.Set<ApiKey>().AsNoTracking().SingleOrDefaultAsync(k => k.Id == id, ct) is { } key && key.IsGood(clock.GetUtcNow()) ? key.ToCaller(rights) : null;
    }

    private async Task<ApiKey?> LookUpAsync(string hash, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (remembered.TryGetValue(hash, out var look) && look.Until > now) return look.Key;

        await using var store = await stores.CreateDbContextAsync(ct);
        var key = await store.Set<ApiKey>().AsNoTracking().SingleOrDefaultAsync(k => k.Hash == hash, ct);
        if (remembered.Count >= MostRemembered) Forget(now);
        // From before the look: what it found may be as old as that.
        remembered[hash] = new Look(key, now + Believed);
        if (key is not null && key.IsGood(now) && !(key.LastUsedAt + UseNoted > now)) await NoteUseAsync(store, key.Id, now, ct);
        return key;
    }

    /// <summary>For people who want to know which keys are still needed; no reason to keep a caller out.</summary>
    private async Task NoteUseAsync(GatewayStore store, Guid id, DateTimeOffset now, CancellationToken ct)
    {
        var before = now - UseNoted;
        try
        {
            await store.Set<ApiKey>().Where(k => k.Id == id && (k.LastUsedAt == null || k.LastUsedAt <= before)).ExecuteUpdateAsync(set => set.SetProperty(k => k.LastUsedAt, now), ct);
        }
        catch (DbException fault)
        {
            LogUseNotNoted(id, fault.GetType().Name);
        }
    }

    private void Forget(DateTimeOffset now)
    {
        foreach (var (hash, look) in remembered)
        {
            if (look.Until <= now) remembered.TryRemove(hash, out _);
        }
        if (remembered.Count >= MostRemembered) remembered.Clear();
    }

    [LoggerMessage(1, LogLevel.Error, "The store cannot be used ({Fault}); callers with issued keys are told to come back.")]
    private partial void LogStoreFault(string fault);

    [LoggerMessage(2, LogLevel.Warning, "The last use of key {KeyId} could not be noted ({Fault}).")]
    private partial void LogUseNotNoted(Guid keyId, string fault);

    private sealed record Look(ApiKey? Key, DateTimeOffset Until);
}
