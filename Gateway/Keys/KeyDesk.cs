using System.Data.Common;
using System.Globalization;
using Contracts.Api;
using Contracts.Messages;
using Gateway.Audit;
using Gateway.Identity;
using Gateway.Storage;
using Microsoft.EntityFrameworkCore;
using Shared;

namespace Gateway.Keys;

/// <summary>Where keys are issued and revoked: the key and the trail's word of it in one transaction, or neither.</summary>
internal sealed class KeyDesk(IDbContextFactory<GatewayStore> stores, TimeProvider clock)
{
    private const int LongestList = 1_000;

    public async Task<List<ApiKey>> ListAsync(CancellationToken ct)
    {
        await using var store = await stores.CreateDbContextAsync(ct);
        return await store.Set<ApiKey>().AsNoTracking().OrderByDescending(k => k.IssuedAt).ThenBy(k => k.Id).Take(LongestList).ToListAsync(ct);
    }

    /// <summary>Null when this operation has issued a key already, which cannot be shown again.</summary>
    /// <exception cref="TrailUnavailableException">Neither was written.</exception>
    public async Task<(ApiKey Key, string Text)?> IssueAsync(IssueKey asked, PersonRef person, CancellationToken ct)
    {
        var (text, now) = (KeyText.New(), clock.GetUtcNow());
        var key = new ApiKey
        {
            Id = asked.OperationId, Subject = KeyRules.SubjectOf(asked.Account), Name = asked.Name.Trim(), Groups = asked.Groups ?? [], Models = asked.Models ?? [], Routes = asked.Routes ?? [],
            Hash = CallerDirectory.Hash(text), Hint = KeyText.Hint(text), Owner = asked.Owner ?? person.Subject, IssuedBy = person, IssuedAt = now, ExpiresAt = asked.ExpiresAt,
        };
        await using var store = await stores.CreateDbContextAsync(ct);
        store.Add(key);
        store.Add(Entry(key, "issued", person, now, asked.Reason));
        try
        {
            await store.SaveChangesAsync(ct);
            return (key, text);
        }
        catch (DbUpdateException again) when (again.IsDuplicate())
        {
            return null;
        }
        catch (Exception fault) when (fault is DbException or DbUpdateException)
        {
            throw new TrailUnavailableException(fault);
        }
    }

    /// <summary>Null when there is no such key. Revoked once, however often it is asked for.</summary>
    /// <exception cref="TrailUnavailableException">Neither was written.</exception>
    public async Task<ApiKey?> RevokeAsync(Guid id, string reason, PersonRef person, CancellationToken ct)
    {
        try
        {
            await using var store = await stores.CreateDbContextAsync(ct);
            if (await store.Set<ApiKey>().SingleOrDefaultAsync(k => k.Id == id, ct) is not { } key) return null;
            var now = clock.GetUtcNow();
            if (!key.Revoke(person, now)) return key;
            store.Add(Entry(key, "revoked", person, now, reason));
            await store.SaveChangesAsync(ct);
            return key;
        }
        catch (DbUpdateConcurrencyException)
        {
            return await RevokeAsync(id, reason, person, ct); // somebody else just did
        }
        catch (Exception fault) when (fault is DbException or DbUpdateException)
        {
            throw new TrailUnavailableException(fault);
        }
    }

    private static TrailEntry Entry(ApiKey key, string outcome, PersonRef person, DateTimeOffset now, string reason) => new()
    {
        At = now, Kind = $"key.{outcome}", Actor = person.Subject, ActorName = person.Name, Outcome = outcome,
        Reason = string.Create(CultureInfo.InvariantCulture, $"Key {key.Id:N} (ends in {key.Hint}) of {key.Subject}, owner {key.Owner}, until {key.ExpiresAt.UtcDateTime:yyyy-MM-dd}: {reason.Trim()}"),
    };
}
