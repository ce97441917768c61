using System.Text.Json;
using Contracts;
using Gateway.Audit;
using Gateway.Policy;
using Gateway.Policy.Yaml;
using Gateway.Storage;
using Gateway.Tuning;
using Microsoft.EntityFrameworkCore;
using Shared;

namespace Gateway.Policies;

/// <summary>
/// Where policies are written, agreed to and put in force: a change needs two people. Each change is one transaction with
/// its trail entry; versions are numbered one after the other, so of two at once one is too late.
/// </summary>
internal sealed class PolicyBook(IDbContextFactory<GatewayStore> stores, PolicyReload reload, PolicyWorld world, WhatIf whatIf, TimeProvider clock)
{
    private static readonly TimeSpan LookedAt = TimeSpan.FromDays(7);

    /// <param name="id">Chosen by the client: sent again, it is the same draft.</param>
    public Task<BookAnswer> WriteAsync(string id, Person person, string text, string? note, int? seen, CancellationToken ct) => ChangeAsync(async (store, now) =>
    {
        if (PolicyReader.Read(text, world) is { Errors: { Count: > 0 } errors }) return new BookAnswer.Wrong(errors);
        var draft = await store.Set<PolicyDraft>().SingleOrDefaultAsync(d => d.Id == id, ct);
        if (draft is null) store.Add(draft = new PolicyDraft { Id = id, Author = person.Subject, AuthorName = person.Name, CreatedAt = now });
        else if (draft.Author != person.Subject) return new BookAnswer.NotYou($"This draft is {draft.AuthorName}'s; write one of your own.");
        else if (draft.IsOver) return new BookAnswer.TooLate($"This draft is {Word(draft.Status)} already; write a new one.");
        else if (seen != draft.Version && draft.Text != text) return new BookAnswer.TooLate("You changed this draft elsewhere in the meantime; load it again.");
        draft.Write(await CurrentAsync(store, ct), text, note, now);
        store.Add(Entry(person, "policy.draft", now) with { Outcome = "written", Subject = draft.Id, Reason = note });
        return new BookAnswer.Changed(draft);
    }, ct);

    /// <summary>Asks somebody else to agree, with what it would have done to the last week attached.</summary>
    public async Task<BookAnswer> ProposeAsync(string id, Person person, CancellationToken ct)
    {
        if (await FindAsync(id, ct) is not { } seen) return new BookAnswer.Missing();
        var reading = PolicyReader.Read(seen.Text, world);
        if (reading.Document is not { } document) return new BookAnswer.Wrong(reading.Errors);
        var effect = JsonSerializer.Serialize(await whatIf.CompareAsync(new PromptPolicy(document, seen.Id), LookedAt, ct), JsonWire.Options);
        return await ChangeDraftAsync(id, person, "proposed", (draft, now) =>
        {
            if (draft.Author != person.Subject) return new BookAnswer.NotYou($"Only {draft.AuthorName} can propose this draft.");
            if (draft.Status == DraftStatus.Proposed) return null;
            if (draft.IsOver || draft.Digest != seen.Digest) return new BookAnswer.TooLate("The draft changed in the meantime; load it again.");
            draft.Propose(effect, now);
            return null;
        }, null, ct);
    }

    public Task<BookAnswer> WatchAsync(string id, Person person, bool shadow, CancellationToken ct) => ChangeAsync(async (store, now) =>
    {
        var draft = await store.Set<PolicyDraft>().SingleOrDefaultAsync(d => d.Id == id, ct);
        if (draft is null) return new BookAnswer.Missing();
        if (draft.IsOver) return new BookAnswer.TooLate($"This draft is {Word(draft.Status)} already.");
        foreach (var other in await store.Set<PolicyDraft>().Where(d => d.Shadow && d.Id != id).ToListAsync(ct)) other.Watch(false, now);
        draft.Watch(shadow, now);
        store.Add(Entry(person, "policy.draft", now) with { Outcome = shadow ? "shadow on" : "shadow off", Subject = draft.Id });
        return new BookAnswer.Changed(draft);
    }, ct);

    public Task<BookAnswer> RejectAsync(string id, Person person, string reason, CancellationToken ct) => ChangeDraftAsync(id, person, "rejected", (draft, now) =>
    {
        if (draft.Status != DraftStatus.Proposed) return new BookAnswer.TooLate($"This draft is {Word(draft.Status)}, so there is nothing to reject.");
        draft.Reject(person.Subject, person.Name, reason, now);
        return null;
    }, reason, ct);

    public Task<BookAnswer> WithdrawAsync(string id, Person person, CancellationToken ct) => ChangeDraftAsync(id, person, "withdrawn", (draft, now) =>
    {
        if (draft.Author != person.Subject) return new BookAnswer.NotYou($"Only {draft.AuthorName} can withdraw this draft; you can reject it.");
        if (draft.IsOver) return new BookAnswer.TooLate($"This draft is {Word(draft.Status)} already.");
        draft.Withdraw(person.Subject, person.Name, now);
        return null;
    }, null, ct);

    /// <param name="digest">Of the words that were read: an approval is about them and no others.</param>
    public Task<BookAnswer> ApproveAsync(string id, Person person, string digest, string? reason, CancellationToken ct) => ChangeAsync(async (store, now) =>
    {
        var draft = await store.Set<PolicyDraft>().SingleOrDefaultAsync(d => d.Id == id, ct);
        if (draft is null) return new BookAnswer.Missing();
        if (draft.Author == person.Subject) return new BookAnswer.NotYou("This is your own draft: somebody else approves it.");
        if (draft is { Status: DraftStatus.Approved, Became: { } became } && draft.DecidedBy == person.Subject && draft.Digest == digest)
            return new BookAnswer.InForce(await store.Set<PolicyVersion>().SingleAsync(v => v.Number == became, ct));
        if (draft.Status != DraftStatus.Proposed) return new BookAnswer.TooLate($"This draft is {Word(draft.Status)}{(draft.DecidedByName is { } by ? $" by {by}" : "")}, not waiting for a yes.");
        if (draft.Digest != digest) return new BookAnswer.TooLate("The draft changed after you read it; read it again.");
        var current = await CurrentAsync(store, ct);
        if (draft.Base != current) return new BookAnswer.TooLate($"Version {current} came into force after this draft was written for version {draft.Base}; its author writes it anew.");
        if (PolicyReader.Read(draft.Text, world) is { Errors: { Count: > 0 } errors }) return new BookAnswer.Wrong(errors); // the world may have changed since
        draft.Approve(person.Subject, person.Name, current + 1, reason, now);
        var version = new PolicyVersion
        {
            Number = current + 1, Text = draft.Text, Origin = PolicyOrigin.Draft, DraftId = draft.Id, Author = draft.Author, AuthorName = draft.AuthorName,
            Approver = person.Subject, ApproverName = person.Name, At = now, Reason = draft.Note,
        };
        return PutInForce(store, version, Entry(person, "policy.version", now) with { Outcome = "approved", Subject = draft.Id, Reason = reason });
    }, ct);

    /// <summary>An earlier version's text once more. It was agreed to then, so one person may, at once.</summary>
    public Task<BookAnswer> RollBackAsync(int number, Person person, int seen, string reason, CancellationToken ct) => ChangeAsync(async (store, now) =>
    {
        var earlier = await store.Set<PolicyVersion>().AsNoTracking().SingleOrDefaultAsync(v => v.Number == number, ct);
        if (earlier is null) return new BookAnswer.Missing();
        if (await CurrentAsync(store, ct) is var current && current != seen) return MovedOn(current);
        if (earlier.AwaitsReview) return new BookAnswer.TooLate($"Version {number} was an emergency that nobody has looked at; only what people agreed to comes back.");
        if (PolicyReader.Read(earlier.Text, world) is { Errors: { Count: > 0 } errors }) return new BookAnswer.Wrong(errors);
        var version = new PolicyVersion
        {
            Number = current + 1, Text = earlier.Text, Origin = PolicyOrigin.Rollback, RolledBackTo = number, Author = person.Subject, AuthorName = person.Name, At = now, Reason = reason,
        };
        return PutInForce(store, version, Entry(person, "policy.version", now) with { Outcome = "rolled back", Subject = PolicyVersion.LabelOf(number), Reason = reason });
    }, ct);

    /// <summary>In force at once, because it can only be stricter; somebody else looks at it afterwards.</summary>
    public Task<BookAnswer> TightenAsync(Person person, string text, int seen, string reason, CancellationToken ct) => ChangeAsync(async (store, now) =>
    {
        var reading = PolicyReader.Read(text, world);
        if (reading.Document is not { } tighter) return new BookAnswer.Wrong(reading.Errors);
        var current = await store.Set<PolicyVersion>().AsNoTracking().OrderByDescending(v => v.Number).FirstAsync(ct);
        if (current.Number != seen) return MovedOn(current.Number);
        var milder = PolicyReader.Read(current.Text) is { Document: { } inForce } ? Tightening.WhyNot(inForce, tighter) : "The policy in force cannot be read.";
        if (milder is not null)
            return new BookAnswer.Wrong([new PolicyError(0, $"This might let more through than now, so somebody else has to agree: propose it. {milder}")]);
        var version = new PolicyVersion { Number = current.Number + 1, Text = text, Origin = PolicyOrigin.Emergency, Author = person.Subject, AuthorName = person.Name, At = now, Reason = reason };
        return PutInForce(store, version, Entry(person, "policy.version", now) with { Outcome = "tightened", Reason = reason });
    }, ct);

    public Task<BookAnswer> ReviewAsync(int number, Person person, string? reason, CancellationToken ct) => ChangeAsync(async (store, now) =>
    {
        var version = await store.Set<PolicyVersion>().SingleOrDefaultAsync(v => v.Number == number, ct);
        if (version is null) return new BookAnswer.Missing();
        if (version.Author == person.Subject) return new BookAnswer.NotYou("You tightened this yourself: somebody else looks at it.");
        if (!version.AwaitsReview) return new BookAnswer.TooLate(version.ReviewedByName is { } by ? $"{by} has looked at this already." : "Nobody has to look at this version.");
        version.Reviewed(person.Subject, person.Name, now);
        store.Add(Entry(person, "policy.version", now) with { Outcome = "emergency reviewed", PolicyVersion = version.Label, Reason = reason });
        return new BookAnswer.InForce(version);
    }, ct);

    public async Task<PolicyDraft?> FindAsync(string id, CancellationToken ct)
    {
        await using var store = await stores.CreateDbContextAsync(ct);
        return await store.Set<PolicyDraft>().AsNoTracking().SingleOrDefaultAsync(d => d.Id == id, ct);
    }

    private static BookAnswer.InForce PutInForce(GatewayStore store, PolicyVersion version, TrailEntry entry)
    {
        store.Add(version);
        store.Add(entry with { PolicyVersion = version.Label, RequestDigest = version.Digest });
        return new BookAnswer.InForce(version);
    }

    private Task<BookAnswer> ChangeDraftAsync(string id, Person person, string outcome, Func<PolicyDraft, DateTimeOffset, BookAnswer?> change, string? reason, CancellationToken ct) => ChangeAsync(async (store, now) =>
    {
        var draft = await store.Set<PolicyDraft>().SingleOrDefaultAsync(d => d.Id == id, ct);
        if (draft is null) return new BookAnswer.Missing();
        var before = draft.Version;
        if (change(draft, now) is { } refused) return refused;
        if (draft.Version != before) store.Add(Entry(person, "policy.draft", now) with { Outcome = outcome, Subject = draft.Id, Reason = reason });
        return new BookAnswer.Changed(draft);
    }, ct);

    /// <summary>One write; whoever loses a race is told so and looks again.</summary>
    private async Task<BookAnswer> ChangeAsync(Func<GatewayStore, DateTimeOffset, Task<BookAnswer>> change, CancellationToken ct)
    {
        await using var store = await stores.CreateDbContextAsync(ct);
        var answer = await change(store, clock.GetUtcNow());
        if (answer is not (BookAnswer.Changed or BookAnswer.InForce)) return answer;
        try
        {
            await store.SaveChangesAsync(ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            return new BookAnswer.TooLate("Somebody changed this in the same moment; load it again.");
        }
        catch (DbUpdateException twice) when (twice.IsDuplicate())
        {
            return new BookAnswer.TooLate("Another version came into force in the same moment; load it again.");
        }
        await reload.LookAsync(ct);
        return answer;
    }

    private static BookAnswer.TooLate MovedOn(int current) => new($"Version {current} came into force in the meantime; load it again.");

    private static Task<int> CurrentAsync(GatewayStore store, CancellationToken ct) => store.Set<PolicyVersion>().MaxAsync(v => v.Number, ct);

    private static string Word(DraftStatus status) => status.ToString().ToLowerInvariant();

    private static TrailEntry Entry(Person person, string kind, DateTimeOffset now) => new() { At = now, Kind = kind, Actor = person.Subject, ActorName = person.Name };
}
