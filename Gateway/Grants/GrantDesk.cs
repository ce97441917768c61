using System.Collections.Concurrent;
using Contracts;
using Contracts.Api;
using Contracts.Messages;
using Gateway.Audit;
using Gateway.Parking;
using Gateway.Policy;
using Gateway.Storage;
using Microsoft.EntityFrameworkCore;
using Shared;

namespace Gateway.Grants;

/// <summary>What became of something a person asked about grants.</summary>
internal abstract record GrantAnswer
{
    private GrantAnswer()
    {
    }

    public sealed record Done(Grant Grant) : GrantAnswer;

    public sealed record Missing : GrantAnswer;

    public sealed record NotYou(string Message) : GrantAnswer;

    public sealed record TooLate(string Message) : GrantAnswer;
}

/// <summary>Where people make, agree to and revoke grants; each act in one transaction with its trail entry.</summary>
internal sealed class GrantDesk(IDbContextFactory<GatewayStore> stores, TimeProvider clock)
{
    private const int Longest = 200;

    public async Task<IReadOnlyList<Grant>> ListAsync(CancellationToken ct)
    {
        await using var store = await stores.CreateDbContextAsync(ct);
        return await store.Set<Grant>().AsNoTracking().OrderByDescending(g => g.CreatedAt).Take(Longest).ToListAsync(ct);
    }

    /// <param name="groups">Of the person: what they may not decide about they may not grant.</param>
    public Task<GrantAnswer> MakeAsync(MakeGrant make, PersonRef person, IReadOnlySet<string> groups, CancellationToken ct) => ChangeAsync(async (store, now) =>
    {
        var id = $"gnt_{make.OperationId:N}";
        if (await store.Set<Grant>().AsNoTracking().SingleOrDefaultAsync(g => g.Id == id, ct) is { } again) return new GrantAnswer.Done(again);
        var ticket = await store.Set<Ticket>().AsNoTracking().SingleOrDefaultAsync(t => t.Id == make.TicketId, ct);
        if (ticket is null || !ticket.Stages.Any(stage => stage.Groups.Any(groups.Contains))) return new GrantAnswer.Missing();
        if (ticket.Caller.MayBe(person.Subject)) return new GrantAnswer.NotYou("This is your own caller: somebody else grants it anything.");
        if (ticket.DecidedBy.Count == 0 || ticket.Status is not (Contracts.ApprovalStatus.Releasing or Contracts.ApprovalStatus.Completed or Contracts.ApprovalStatus.Failed))
            return new GrantAnswer.TooLate("A grant is made from a prompt that people have released; decide about this one first.");
        if (ticket.Known is not null) return new GrantAnswer.TooLate("This was a known case: there is no caller to be granted anything.");
        if (ticket.Edited is not null) return new GrantAnswer.TooLate("People changed this prompt before it was released; that says nothing about the caller's own.");
        if (ticket.HeldText is not null) return new GrantAnswer.TooLate("An answer is looked at each time: nobody knows the next one.");
        var grant = new Grant
        {
            Id = id, TicketId = ticket.Id, CallerSubject = ticket.CallerSubject, Caller = ticket.Caller, Route = ticket.Route, Model = ticket.Model, Rule = ticket.Rule,
            FindingTypes = [.. ticket.Findings.Where(f => f.Category != RiskCategory.Unusual).Select(f => f.Type).Distinct().Order(StringComparer.Ordinal)], Score = ticket.Score, Needed = Grant.PeopleFor(ticket),
            Minutes = make.Minutes, MostUses = make.Uses, Reason = make.Reason.Trim(), CreatedAt = now,
        };
        grant.Agree(person, now);
        store.Add(grant);
        store.Add(Entry(grant, person, "made", now) with { Reason = grant.Reason });
        return new GrantAnswer.Done(grant);
    }, ct);

    public Task<GrantAnswer> AgreeAsync(string id, PersonRef person, IReadOnlySet<string> groups, CancellationToken ct) => ChangeAsync(async (store, now) =>
    {
        if (await FindAsync(store, id, groups, ct) is not { } grant) return new GrantAnswer.Missing();
        if (grant.Caller.MayBe(person.Subject)) return new GrantAnswer.NotYou("This is your own caller: somebody else grants it anything.");
        if (grant.GrantedBy.Any(other => other.Subject == person.Subject)) return new GrantAnswer.Done(grant);
        if (!grant.Agree(person, now)) return new GrantAnswer.TooLate($"This grant is {grant.Status(now)}; there is nothing to agree to.");
        store.Add(Entry(grant, person, "agreed", now));
        return new GrantAnswer.Done(grant);
    }, ct);

    /// <summary>Stopping is the safe direction: anybody of the review's groups may.</summary>
    public Task<GrantAnswer> RevokeAsync(string id, PersonRef person, IReadOnlySet<string> groups, string reason, CancellationToken ct) => ChangeAsync(async (store, now) =>
    {
        if (await FindAsync(store, id, groups, ct) is not { } grant) return new GrantAnswer.Missing();
        if (grant.Revoke(person, now)) store.Add(Entry(grant, person, "revoked", now) with { Reason = reason });
        return new GrantAnswer.Done(grant);
    }, ct);

    /// <summary>A use of a grant that covers what policy would park; null when there is none, or its last use is gone.</summary>
    public async Task<string?> TryUseAsync(Judged facts, PolicyDecision.Park park, CancellationToken ct)
    {
        if (facts.Unreadable > 0) return null; // nobody could say that it is of the pattern
        await using var store = await stores.CreateDbContextAsync(ct);
        var now = clock.GetUtcNow();
        // A grant is about what is sent, however often it may be used at once.
        var (score, types) = (facts.TextScore, facts.Found.Where(found => found.Category != RiskCategory.Unusual).Select(found => found.Type).ToList());
        var live = await store.Set<Grant>().AsNoTracking()
            .Where(g => g.CallerSubject == facts.Caller && g.ExpiresAt > now && g.RevokedAt == null && g.Uses < g.MostUses && g.Rule == park.Rule && g.Route == facts.Route && g.Model == facts.Model && g.Score >= score)
            .OrderBy(g => g.ExpiresAt).ToListAsync(ct);
        foreach (var grant in live.Where(grant => types.TrueForAll(grant.FindingTypes.Contains)))
        {
            var used = await store.Set<Grant>().Where(g => g.Id == grant.Id && g.RevokedAt == null && g.ExpiresAt > now && g.Uses < g.MostUses).ExecuteUpdateAsync(set => set.SetProperty(g => g.Uses, g => g.Uses + 1), ct);
            if (used == 1) return grant.Id;
        }
        return null;
    }

    private static async Task<Grant?> FindAsync(GatewayStore store, string id, IReadOnlySet<string> groups, CancellationToken ct)
    {
        if (await store.Set<Grant>().SingleOrDefaultAsync(g => g.Id == id, ct) is not { } grant) return null;
        var ticket = await store.Set<Ticket>().AsNoTracking().SingleAsync(t => t.Id == grant.TicketId, ct);
        return ticket.Stages.Any(stage => stage.Groups.Any(groups.Contains)) ? grant : null;
    }

    private async Task<GrantAnswer> ChangeAsync(Func<GatewayStore, DateTimeOffset, Task<GrantAnswer>> change, CancellationToken ct)
    {
        await using var store = await stores.CreateDbContextAsync(ct);
        var answer = await change(store, clock.GetUtcNow());
        if (answer is not GrantAnswer.Done) return answer;
        try
        {
            await store.SaveChangesAsync(ct);
            return answer;
        }
        catch (DbUpdateConcurrencyException)
        {
            return new GrantAnswer.TooLate("Somebody changed this grant in the same moment; load it again.");
        }
        catch (DbUpdateException twice) when (twice.IsDuplicate())
        {
            return new GrantAnswer.TooLate("This grant was made in the same moment; load it again.");
        }
    }

    private static TrailEntry Entry(Grant grant, PersonRef person, string outcome, DateTimeOffset now) => new()
    {
        At = now, Kind = "grant", Actor = person.Subject, ActorName = person.Name, TicketId = grant.TicketId, Route = grant.Route, Model = grant.Model, Rule = grant.Rule, Subject = grant.Id, Outcome = outcome,
    };
}
