using System.Text;
using Contracts;
using Contracts.Api;
using Contracts.Messages;
using Gateway.Audit;
using Gateway.Dialects;
using Gateway.Identity;
using Gateway.Parking;
using Gateway.Policy;
using Gateway.Prompts;
using Gateway.Proxying;
using Gateway.Risk;
using Gateway.Storage;
using Gateway.Texts;
using Gateway.Upstreams;
using Microsoft.EntityFrameworkCore;
using Shared;

namespace Gateway.Known;

/// <summary>The case is not one that can be kept, in a sentence that says what to do.</summary>
internal sealed class KnownRefusedException(string message) : Exception(message);

/// <summary>
/// Where known cases are kept, and put before people. It has no hand on what calls a model: it scans without advisers, which may be
/// models, asks the policy that judges callers' prompts, and parks.
/// </summary>
internal sealed class KnownDesk(
    IDbContextFactory<GatewayStore> stores, TextVault vault, ParkingLot lot, ConfiguredCallers callers, DialectsByRoute dialects, UpstreamDirectory upstreams, RiskScorer scorer, PromptJudge judge, TimeProvider clock)
{
    public const int Most = 200;

    public async Task<IReadOnlyList<KnownCaseView>> ListAsync(CancellationToken ct)
    {
        await using var store = await stores.CreateDbContextAsync(ct);
        var known = await store.Set<KnownPrompt>().AsNoTracking().Where(k => k.RetiredAt == null).ToListAsync(ct);
        var planted = known.Select(k => k.TicketId).OfType<string>().ToList();
        var stands = await store.Set<Ticket>().Where(t => planted.Contains(t.Id)).Select(t => new { t.Id, t.Status }).ToDictionaryAsync(t => t.Id, t => t.Status, ct);
        return [.. known.OrderByDescending(k => k.AddedAt).Select(k => k.View(k.TicketId is { } ticket && stands.TryGetValue(ticket, out var status) ? status : null))];
    }

    /// <exception cref="KnownRefusedException" />
    public async Task<KnownCaseView> AddAsync(AddKnown asked, PersonRef person, CancellationToken ct)
    {
        var bytes = Encoding.UTF8.GetBytes(asked.Body);
        var prompt = Read(asked.Route, bytes);
        var now = clock.GetUtcNow();
        await using var store = await stores.CreateDbContextAsync(ct);
        if (await store.Set<KnownPrompt>().AsNoTracking().SingleOrDefaultAsync(k => k.Id == asked.OperationId, ct) is { } again) return again.View(null);
        if (await store.Set<KnownPrompt>().CountAsync(k => k.RetiredAt == null, ct) >= Most) throw new KnownRefusedException($"There are {Most} known cases, which is as many as there may be. Retire some first.");

        var id = asked.OperationId;
        var seals = vault.Begin($"known_{id:N}", "gateway", TextClass.Installation);
        var known = new KnownPrompt
        {
            Id = id, Name = asked.Name.Trim(), Route = asked.Route, Model = prompt.Model, Caller = asked.Caller.Trim(), Expected = asked.Expected, Why = asked.Why.Trim(), BodyText = seals.Seal(bytes).Id,
            AddedBy = person.Subject, AddedByName = person.Name, AddedAt = now,
        };
        known.Judged((await JudgeAsync(store, known, prompt, ct)).Standing);
        store.Add(known);
        store.AddRange(seals.TakeRows());
        store.Add(Entry(known, person, "added", now));
        try
        {
            await store.SaveChangesAsync(ct);
        }
        catch (DbUpdateException twice) when (twice.IsDuplicate())
        {
            // Sent twice in one moment.
        }
        return known.View(null);
    }

    /// <summary>It is put before nobody any more, and its text is erased. One that waits already goes on.</summary>
    /// <returns>False where there is none.</returns>
    public async Task<bool> RetireAsync(Guid id, PersonRef person, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var store = await stores.CreateDbContextAsync(ct);
        if (await store.Set<KnownPrompt>().SingleOrDefaultAsync(k => k.Id == id, ct) is not { } known) return false;
        if (!known.Retire(now)) return true;
        await using var retiring = await store.Database.BeginTransactionAsync(ct);
        store.Add(Entry(known, person, "retired", now));
        try
        {
            await store.SaveChangesAsync(ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            return true; // somebody else did
        }
        await TextVault.EraseAsync(store, known.TextKeyId, ct);
        await retiring.CommitAsync(ct);
        return true;
    }

    /// <summary>Those that may be put before people, the one whose turn was longest ago first.</summary>
    public async Task<IReadOnlyList<Guid>> InTurnAsync(CancellationToken ct)
    {
        await using var store = await stores.CreateDbContextAsync(ct);
        var known = await store.Set<KnownPrompt>().AsNoTracking().Where(k => k.RetiredAt == null).ToListAsync(ct);
        return [.. known.OrderBy(k => k.TriedAt ?? DateTimeOffset.MinValue).ThenBy(k => k.AddedAt).Select(k => k.Id)];
    }

    /// <returns>Whether it waits for people now: false where it does already, or policy does not ask people about it.</returns>
    /// <exception cref="TextErasedException">It was retired.</exception>
    public async Task<bool> PlantAsync(Guid id, CancellationToken ct)
    {
        await using var store = await stores.CreateDbContextAsync(ct);
        var known = await store.Set<KnownPrompt>().SingleAsync(k => k.Id == id, ct);
        var (owner, now) = (known.Owner, clock.GetUtcNow());
        if (await store.Set<Ticket>().AnyAsync(t => t.CallerSubject == owner && (t.Status == ApprovalStatus.Pending || t.Status == ApprovalStatus.Approved || t.Status == ApprovalStatus.Releasing), ct)) return false;

        var prompt = Read(known.Route, await vault.OpenAsync(store, known.BodyText, ct));
        var (standing, request) = await JudgeAsync(store, known, prompt, ct);
        var ticket = request is null ? null : await lot.PlantAsync(request, ct);
        if (ticket is null && standing != known.Standing) store.Add(Entry(known, null, "not asked", now));
        known.Tried(standing, ticket?.Id, now);
        try
        {
            await store.SaveChangesAsync(ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            // Retired in this moment; what waits goes on.
        }
        return ticket is not null;
    }

    private async Task<(KnownStanding Standing, ParkRequest? Request)> JudgeAsync(GatewayStore store, KnownPrompt known, Prompt prompt, CancellationToken ct)
    {
        if (upstreams.Find(prompt.Model, prompt.Dialect) is not { } upstream) return (KnownStanding.NoModel, null);
        var started = clock.GetTimestamp();
        var seems = await SeemsAsync(store, known.Caller, ct);
        var risk = scorer.Assess(prompt.Body.Parts);
        var judged = await judge.JudgeAsync(callers.BySubject(known.Caller) ?? Caller.Like(seems), prompt, upstream, risk, ct);
        if (judged.Decision is not PolicyDecision.Park) return (KnownStanding.DoesNotAsk, null);
        var asked = new Interaction
        {
            Id = Interaction.NewId(clock), StartedAt = started, Caller = Caller.Like(seems), Prompt = prompt, Risk = risk, Judged = judged.Facts, Decision = judged.Decision, PolicyVersion = judged.Policy.Version,
        };
        // Of a pattern of its own: people decide about it alone. Without the facts, it is in nobody's habits and no recorded traffic.
        return (KnownStanding.Asks, asked.ToParkRequest(PromptExcerpt.Of(prompt, risk.Findings), pattern: PromptPattern.Of(known.Owner, prompt, risk.Findings, judged.Decision.Rule)) with
        {
            Caller = seems, Known = known.Mark, Async = true, AlwaysNew = true, Judged = null,
        });
    }

    /// <summary>The caller as it was last seen, so that nothing about it tells; one that is not known is made up.</summary>
    private async Task<CallerRef> SeemsAsync(GatewayStore store, string subject, CancellationToken ct) =>
        await store.Set<Ticket>().AsNoTracking().Where(t => t.CallerSubject == subject).OrderByDescending(t => t.Id).Select(t => t.Caller).FirstOrDefaultAsync(ct)
        ?? callers.BySubject(subject)?.Ref ?? new CallerRef(subject, subject, []);

    /// <exception cref="KnownRefusedException">It could not have come from a caller.</exception>
    private Prompt Read(string route, byte[] body)
    {
        if (!dialects.IsProper(route)) throw new KnownRefusedException("That is no route callers could use. They begin with /v1/ and are written in small letters, such as /v1/chat/completions.");
        try
        {
            var read = JsonBody.Parse(body);
            if (read.Model is not { } model || !PromptReader.IsModelName(model)) throw new KnownRefusedException("The body needs a 'model': a string of 1 to 200 characters.");
            var prompt = new Prompt { Route = route, Dialect = dialects.For(route), Model = model, Body = read, ContentType = "application/json", ForwardedHeaders = new Dictionary<string, string>() };
            return prompt.Background ? throw new KnownRefusedException("A known case cannot ask to run in the background. Take 'background' out of the body.") : prompt;
        }
        catch (UnreadableBodyException fault)
        {
            throw new KnownRefusedException($"{fault.Message} Paste the request's body as the caller would send it.");
        }
    }

    private static TrailEntry Entry(KnownPrompt known, PersonRef? person, string outcome, DateTimeOffset now) => new()
    {
        At = now, Kind = "known", Actor = person?.Subject ?? known.Owner, ActorName = person?.Name, Route = known.Route, Model = known.Model, Subject = known.Mark.Subject, Outcome = outcome, Reason = person is null ? null : $"{known.Name}: {known.Expected.ToString().ToLowerInvariant()}",
    };
}
