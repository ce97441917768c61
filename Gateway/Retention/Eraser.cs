using Contracts;
using Contracts.Api;
using Contracts.Messages;
using Gateway.Audit;
using Gateway.Parking;
using Gateway.Search;
using Gateway.Storage;
using Gateway.Texts;
using Microsoft.EntityFrameworkCore;
using Shared;

namespace Gateway.Retention;

/// <summary>
/// Erases the texts of interactions: their key, which every copy of them needs, the texts themselves, and what was shown of
/// them to reviewers. With its record in one transaction. The trail's digests are salted with the key, so they say nothing afterwards.
/// </summary>
internal sealed class Eraser(IDbContextFactory<GatewayStore> stores, TimeProvider clock)
{
    /// <summary>In one transaction.</summary>
    public const int Most = 500;

    /// <summary>By a person's request, one entry for each interaction.</summary>
    public async Task<ErasedTexts> EraseAsync(EraseTexts asked, PersonRef person, CancellationToken ct)
    {
        var (erased, held, open, after) = (0, 0, 0, "");
        while (true)
        {
            await using var store = await stores.CreateDbContextAsync(ct);
            var found = await (await KeysAsync(store, asked, ct)).Where(key => key.Id.CompareTo(after) > 0).OrderBy(key => key.Id).Take(Most).ToListAsync(ct);
            if (found.Count == 0) return new ErasedTexts(erased, held, open);
            after = found[^1].Id;
            var ids = found.ConvertAll(key => key.Id);
            var free = await FreeAsync(store, store.Set<TextKey>().Where(key => ids.Contains(key.Id)), ct);
            var done = await EraseAsync(store, free, (keys, ticketOf, now) => keys.Select(key => new TrailEntry
            {
                At = now, Kind = "erasure", Actor = person.Subject, ActorName = person.Name, InteractionId = key.Id, TicketId = ticketOf(key), Outcome = "erased", Reason = asked.Reason.Trim(),
            }), ct);
            (erased, held, open) = (erased + done, held + found.Count - free.Count, open + free.Count - done);
        }
    }

    /// <summary>Because their time is over, one entry for all of them.</summary>
    /// <returns>How many are erased; below <see cref="Most"/> there are no more.</returns>
    public async Task<int> ExpireAsync(TextClass kept, TimeSpan time, CancellationToken ct)
    {
        var until = clock.GetUtcNow() - time;
        await using var store = await stores.CreateDbContextAsync(ct);
        var open = store.Set<Ticket>().Where(t => t.Status == ApprovalStatus.Pending || t.Status == ApprovalStatus.Approved || t.Status == ApprovalStatus.Releasing).Select(t => t.InteractionId);
        var over = await FreeAsync(store, store.Set<TextKey>().Where(key => key.Class == kept && key.StoredAt < until && !open.Contains(key.Id)), ct);
        return await EraseAsync(store, over, (keys, _, now) => [new TrailEntry
        {
            At = now, Kind = "erasure", Actor = "retention", Outcome = "erased", Subject = kept.ToString().ToLowerInvariant(), Reason = $"{keys.Count} interaction(s) stored from {keys[0].StoredAt:u} to {keys[^1].StoredAt:u}: kept for {time.TotalDays:0.##} day(s).",
        }], ct);
    }

    private static async Task<IQueryable<TextKey>> KeysAsync(GatewayStore store, EraseTexts asked, CancellationToken ct)
    {
        var keys = store.Set<TextKey>().AsNoTracking().Where(key => key.Class != TextClass.Installation);
        if (asked.Subject is { } subject)
        {
            keys = keys.Where(key => key.Owner == subject);
            return asked.Before is { } before ? keys.Where(key => key.StoredAt < before) : keys;
        }
        var interactions = await store.Set<Ticket>().Where(t => asked.Ids.Contains(t.Id)).Select(t => t.InteractionId).ToListAsync(ct);
        interactions.AddRange(asked.Ids);
        return keys.Where(key => interactions.Contains(key.Id));
    }

    /// <summary>Oldest first, without those that a hold covers.</summary>
    private static async Task<List<TextKey>> FreeAsync(GatewayStore store, IQueryable<TextKey> keys, CancellationToken ct)
    {
        var holds = await store.Set<LegalHold>().AsNoTracking().Where(hold => hold.LiftedAt == null).ToListAsync(ct);
        return await holds.Aggregate(keys.AsNoTracking(), (left, hold) => hold.Except(left)).OrderBy(key => key.StoredAt).Take(Most).ToListAsync(ct);
    }

    /// <param name="entries">For those that are erased, oldest first, and the ticket of each.</param>
    /// <returns>How many were erased; those whose ticket is open are left.</returns>
    private async Task<int> EraseAsync(GatewayStore store, List<TextKey> keys, Func<IReadOnlyList<TextKey>, Func<TextKey, string?>, DateTimeOffset, IEnumerable<TrailEntry>> entries, CancellationToken ct)
    {
        if (keys.Count == 0) return 0;
        var now = clock.GetUtcNow();
        var ids = keys.ConvertAll(key => key.Id);
        await using var erasing = await store.Database.BeginTransactionAsync(ct);
        var tickets = (await store.Set<Ticket>().Where(t => ids.Contains(t.InteractionId)).ToListAsync(ct)).ToLookup(t => t.InteractionId);
        var closed = keys.Where(key => tickets[key.Id].All(ticket => ticket.Status.IsSettled())).ToList();
        if (closed.Count == 0) return 0;
        ids = closed.ConvertAll(key => key.Id);
        await store.Set<SealedText>().Where(text => ids.Contains(text.KeyId!)).ExecuteDeleteAsync(ct); // null is in no list
        var gone = await store.Set<TextKey>().Where(key => ids.Contains(key.Id)).ExecuteDeleteAsync(ct);
        if (gone != ids.Count) return 0; // another instance erases them at this moment, and says so
        await store.Set<Fingerprint>().Where(fingerprint => ids.Contains(fingerprint.InteractionId)).ExecuteDeleteAsync(ct);
        await store.Set<PromptWords>().Where(words => ids.Contains(words.InteractionId)).ExecuteDeleteAsync(ct);
        foreach (var key in closed)
        {
            foreach (var ticket in tickets[key.Id])
            {
                ticket.Erase();
                store.Publish(new TextErased(ticket.Id), clock);
            }
        }
        store.AddRange(entries(closed, key => tickets[key.Id].FirstOrDefault()?.Id, now));
        await store.SaveChangesAsync(ct);
        await erasing.CommitAsync(ct);
        return closed.Count;
    }
}
