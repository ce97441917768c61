using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Contracts;
using Contracts.Messages;
using Gateway.Audit;
using Gateway.Dialects;
using Gateway.Prompts;
using Gateway.Storage;
using Gateway.Telemetry;
using Gateway.Texts;
using Gateway.Webhooks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Shared;

namespace Gateway.Parking;

/// <summary>This caller has as many open tickets as it may have; no further one was opened.</summary>
internal sealed class TooManyParkedException(int most) : Exception($"{most} tickets of this caller are open already.")
{
    public ApiError Error { get; } = new(StatusCodes.Status429TooManyRequests, "too_many_parked",
        $"This caller has {most} prompts waiting for people or running in the background, which is as many as it may have. Wait for them, or cancel some (POST /v1/approvals/{{id}}/cancel).");
}

/// <summary>Where prompts wait for people. A ticket is durable before anybody hears of it; silence is never a yes.</summary>
internal sealed class ParkingLot(
    IDbContextFactory<GatewayStore> stores, KeptStores<GatewayStore> kept, TextVault vault, TicketChanges changes, TicketWatch watch, WebhookNotices webhooks, GatewayMetrics metrics, IOptions<ParkingOptions> options, TimeProvider clock)
{
    private const int Tries = 8;

    /// <summary>A new ticket, or the live one of the same call.</summary>
    public async Task<Ticket> ParkAsync(ParkRequest request, CancellationToken ct)
    {
        var joinKey = JoinKey(request);
        for (var attempt = 1; ; attempt++)
        {
            if (await TryJoinAsync(request, joinKey, ct) is { } live) return live;
            try
            {
                var opened = await OpenAsync(request, joinKey, ct);
                metrics.Opened();
                return opened;
            }
            catch (DbUpdateException fault) when (fault.IsDuplicate() && attempt < Tries)
            {
                // The same call was parked in between; the next round joins it.
            }
        }
    }

    /// <summary>Puts a known case before people. It joins nothing, and nothing joins it.</summary>
    /// <returns>Null when one of this case is open already.</returns>
    public async Task<Ticket?> PlantAsync(ParkRequest request, CancellationToken ct)
    {
        if (request is not { Known: { } known, Waiver: null, Answer: null, Stages.Count: > 0 }) throw new ArgumentException("A known case is a prompt that people are asked about.", nameof(request));
        try
        {
            return await OpenAsync(request, Sha256("known", known.Owner), ct);
        }
        catch (DbUpdateException fault) when (fault.IsDuplicate())
        {
            return null;
        }
    }

    /// <summary>The live ticket of the same call; null when there is none.</summary>
    public Task<Ticket?> TryJoinAsync(ParkRequest request, CancellationToken ct) => TryJoinAsync(request, JoinKey(request), ct);

    /// <summary>The ticket if this caller opened it; nobody else learns that it exists.</summary>
    public async Task<Ticket?> FindAsync(string ticketId, string callerSubject, CancellationToken ct)
    {
        await using var store = await stores.CreateDbContextAsync(ct);
        var ticket = await store.Set<Ticket>().AsNoTracking().SingleOrDefaultAsync(t => t.Id == ticketId && t.CallerSubject == callerSubject && t.Known == null, ct);
        return ticket?.ContinuedBy is { } next ? await store.Set<Ticket>().AsNoTracking().SingleAsync(t => t.Id == next, ct) : ticket;
    }

    /// <summary>The connection that waited is gone before its time.</summary>
    public async Task HungUpAsync(string ticketId, DateTimeOffset until)
    {
        await using var store = await stores.CreateDbContextAsync(CancellationToken.None);
        await store.Set<Ticket>().Where(t => t.Id == ticketId && t.CallerUntil == until).ExecuteUpdateAsync(set => set.SetProperty(t => t.CallerUntil, (DateTimeOffset?)null), CancellationToken.None);
    }

    /// <summary>From now on nobody has to wait on a connection for the release: the caller looks again by itself.</summary>
    public async Task PolledAsync(Ticket ticket, CancellationToken ct)
    {
        if (ticket.Async || ticket.Status.IsSettled()) return;
        await using var store = await stores.CreateDbContextAsync(ct);
        await store.Set<Ticket>().Where(t => t.Id == ticket.Id && !t.Async).ExecuteUpdateAsync(set => set.SetProperty(t => t.Async, true), ct);
    }

    /// <summary>Asks the reviewers' side to end this: the outcome comes back as any other, and whoever decided first stays the winner.</summary>
    public Task CancelAsync(Ticket ticket, CancellationToken ct) => changes.MakeAsync(ticket.Id, (rows, now) =>
    {
        if (now.Status == ApprovalStatus.Pending) rows.Publish(new CancelReview(now.Id, now.CallerSubject, clock.GetUtcNow()), clock);
        return true;
    }, ct);

    /// <exception cref="TextErasedException" />
    public async Task<TextSeals> SealsAsync(Ticket ticket, CancellationToken ct)
    {
        await using var lent = await kept.LendAsync(ct);
        // Tickets from before interactions had keys have no digest under one.
        return ticket.TextDigest.Length > 0 ? await vault.ResumeAsync(lent.Store, ticket.InteractionId, ct)
            : await vault.TryResumeAsync(lent.Store, ticket.InteractionId, ct) ?? vault.Begin(ticket.InteractionId, ticket.CallerSubject, TextClass.Parked);
    }

    /// <summary>As the caller sent it.</summary>
    public Task<byte[]> RequestBodyAsync(Ticket ticket, CancellationToken ct) => OpenAsync(ticket.RequestText, ct);

    /// <summary>As it waits or was decided about: the caller's own, or the last edit.</summary>
    public Task<byte[]> ReviewedBodyAsync(Ticket ticket, CancellationToken ct) => OpenAsync(ticket.Edited?.Text ?? ticket.RequestText, ct);

    private async Task<byte[]> OpenAsync(Guid text, CancellationToken ct)
    {
        await using var lent = await kept.LendAsync(ct);
        return await vault.OpenAsync(lent.Store, text, ct);
    }

    /// <summary>What people decide about, in one name.</summary>
    public static string DigestOf(Ticket ticket, string model, string bodyDigest) => Sha256(ticket.CallerSubject, ticket.Route, model, bodyDigest, ticket.PolicyVersion);

    /// <summary>Another text waits, durable and on record before anybody hears of it.</summary>
    /// <param name="body">The edited body, whose text is sealed here.</param>
    /// <param name="make">What it becomes, given its place and where it lies.</param>
    /// <returns>The ticket with it; null when another text waits than it was made of, or nothing does.</returns>
    public async Task<Ticket?> EditAsync(Ticket ticket, string from, ReadOnlyMemory<byte> body, Func<int, SealedText, string, Edition> make, CancellationToken ct)
    {
        Ticket? edited = null;
        var seals = await SealsAsync(ticket, ct);
        await changes.MakeAsync(ticket.Id, (rows, now) =>
        {
            edited = null;
            var text = seals.Seal(body.Span);
            var sealedRows = seals.TakeRows();
            var edition = make(now.Editions.Count + 1, text, seals.Digest(body.Span));
            if (!now.Edit(edition, from)) return false;
            rows.AddRange(sealedRows);
            rows.Add(Entry(now, "edited") with { At = edition.At, Actor = edition.By.Subject, ActorName = edition.By.Name, Outcome = "edited" });
            rows.Publish(Announcement(now), clock);
            edited = now;
            return true;
        }, ct);
        return edited;
    }

    /// <summary>A reviewer's question arrives. Told twice, it is asked once.</summary>
    public async Task AskAsync(CallerAsked asked, CancellationToken ct)
    {
        await changes.MakeAsync(asked.TicketId, (rows, ticket) =>
        {
            if (!ticket.Ask(new Question(asked.QuestionId, asked.Question, asked.At))) return false;
            if (ticket.Known is not null) return true; // nobody is there to be told
            watch.TellOthers(rows, ticket.Id);
            webhooks.NoteQuestion(rows, ticket.CallerSubject, ticket.Id);
            return true;
        }, ct);
        watch.Ring(asked.TicketId);
    }

    /// <summary>The caller says something to the question that is open the longest.</summary>
    /// <returns>False when none is.</returns>
    public async Task<bool> AnswerAsync(Ticket ticket, string text, CancellationToken ct)
    {
        var answered = false;
        var seals = await SealsAsync(ticket, ct);
        var bytes = Encoding.UTF8.GetBytes(text);
        await changes.MakeAsync(ticket.Id, (rows, now) =>
        {
            var at = clock.GetUtcNow();
            var question = now.Answer(at);
            answered = question is not null;
            if (question is null) return false;
            seals.Seal(bytes, question.Id);
            rows.AddRange(seals.TakeRows());
            rows.Add(Entry(now, "answered") with { At = at, ActorName = now.Caller.Name, Outcome = "answered", Subject = question.Id.ToString("N") });
            rows.Publish(new CallerAnswered(now.Id, question.Id, at), clock);
            return true;
        }, ct);
        return answered;
    }

    /// <summary>What the caller was asked, and said.</summary>
    public async Task<IReadOnlyList<(Question Question, string? Answer)>> WordsAsync(Ticket ticket, CancellationToken ct)
    {
        var words = new List<(Question, string?)>();
        foreach (var question in ticket.Questions) words.Add((question, question.AnsweredAt is null ? null : Encoding.UTF8.GetString(await OpenAsync(question.Id, ct))));
        return words;
    }

    /// <summary>What may leave of a prompt nobody decided about; null for one that people released, which leaves as it is.</summary>
    /// <exception cref="InvalidOperationException">It should be there and is not: then nothing leaves.</exception>
    public async Task<Waiver?> WaiverAsync(Ticket ticket, CancellationToken ct)
    {
        if (!ticket.IsWaived) return null;
        await using var store = await stores.CreateDbContextAsync(ct);
        return Waiver.Open(await vault.OpenAsync(store, ticket.WaiverText, ct));
    }

    /// <exception cref="InvalidOperationException">The ticket has no result yet.</exception>
    public async Task<byte[]> ResultBodyAsync(Ticket ticket, CancellationToken ct)
    {
        var text = ticket.ResultText ?? throw new InvalidOperationException($"Ticket {ticket.Id} has no result.");
        await using var store = await stores.CreateDbContextAsync(ct);
        return await vault.OpenAsync(store, text, ct);
    }

    public TrailEntry Entry(Ticket ticket, string kind) => new()
    {
        At = clock.GetUtcNow(), Kind = kind, Actor = ticket.CallerSubject, TicketId = ticket.Id,
        // A known case is nobody's interaction: it is found by its ticket, and cannot be sent again.
        InteractionId = ticket.Known is null ? ticket.InteractionId : null, Subject = ticket.Known?.Subject,
        Route = ticket.Route, Model = ticket.Edited?.Model ?? ticket.Model, Score = ticket.Score, Rule = ticket.Rule, PolicyVersion = ticket.PolicyVersion,
        FindingTypes = TrailEntry.Types(ticket.ReviewedFindings.Select(f => f.Type)), Findings = JsonSerializer.Serialize(ticket.ReviewedFindings, JsonWire.Options),
        RequestDigest = ticket.Edited?.TextDigest ?? ticket.TextDigest, RequestText = ticket.Edited?.Text ?? ticket.RequestText,
    };

    public static PromptParked Announcement(Ticket ticket) => new()
    {
        TicketId = ticket.Id, Caller = ticket.Caller, Route = ticket.Route, Model = ticket.Model, Digest = ticket.Digest, PolicyVersion = ticket.PolicyVersion,
        Rule = ticket.Rule, Score = ticket.Score, Findings = ticket.Findings, Excerpt = ticket.Excerpt, Stages = ticket.Stages, UndoWindow = ticket.UndoWindow, ParkedAt = ticket.ParkedAt,
        Pattern = ticket.Pattern, Length = ticket.Length, Edited = ticket.HeldText is null ? ticket.Edited?.Announced : null, Known = ticket.Known?.Case,
    };

    private async Task<Ticket> OpenAsync(ParkRequest request, string joinKey, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var owner = request.Known?.Owner ?? request.Caller.Subject;
        await using var store = await stores.CreateDbContextAsync(ct);
        // Of a call whose answer waits, the request may be on record already.
        var seals = (request.Answer is null ? null : await vault.TryResumeAsync(store, request.InteractionId, ct))
            ?? vault.Begin(request.InteractionId, owner, request.Waiver is null ? TextClass.Parked : request.Waiver.MaskedBody is null ? TextClass.Forwarded : TextClass.Masked);
        var text = seals.Seal(request.Prompt.Body.Bytes.Span);
        var held = request.Answer is { } answer ? seals.Seal(answer) : null;
        var ticket = new Ticket
        {
            Id = "apr_" + Guid.CreateVersion7(now).ToString("N"),
            CallerSubject = owner, Caller = request.Caller, Known = request.Known,
            InteractionId = request.InteractionId, Route = request.Prompt.Route, Model = request.Prompt.Model, Streams = request.Prompt.Streams,
            Digest = held is null
                ? Sha256(owner, request.Prompt.Route, request.Prompt.Model, request.Prompt.Body.Digest, request.PolicyVersion)
                : Sha256(owner, request.Prompt.Route, request.Prompt.Model, request.Prompt.Body.Digest, request.PolicyVersion, HeldAnswers.DigestOf(request.Answer!)), // sealed above
            HeldText = held?.Id,
            BodyDigest = request.Prompt.Body.Digest, PolicyVersion = request.PolicyVersion, Rule = request.Rule, Score = request.Score,
            Findings = request.Findings, Stages = request.Stages,
            ForwardedHeaders = request.Prompt.ForwardedHeaders, RequestText = text.Id, TextDigest = seals.Digest(request.Prompt.Body.Bytes.Span), ParkedAt = now,
            Excerpt = request.Excerpt, UndoWindow = request.UndoWindow, Length = request.Prompt.Body.Length, Background = request.Background, TraceParent = Activity.Current?.Id,
        };

        store.Add(ticket);
        if (request.Interaction is { } interaction) store.Add(interaction with { RequestText = text.Id, RequestDigest = ticket.TextDigest });
        if (request.Waiver is { } waiver)
        {
            ticket.OpenWaived(joinKey);
            seals.Seal(waiver.ToBytes(), ticket.WaiverText);
            store.Add(Entry(ticket, "interaction") with { ActorName = request.Caller.Name, Decision = waiver.Decision, Judged = request.Judged, Outcome = waiver.Outcome });
        }
        else if (request.Known is not null)
        {
            ticket.Plant(joinKey, now + options.Value.AnnounceAgain, request.Pattern);
            store.Add(Entry(ticket, "known") with { ActorName = request.Caller.Name, Outcome = "planted" });
            store.Publish(Announcement(ticket), clock);
        }
        else
        {
            ticket.Open(joinKey, request.Async, now + options.Value.AnnounceAgain, request.Pattern, request.PatientUntil);
            store.Add(Entry(ticket, "parked") with { ActorName = request.Caller.Name, Decision = "park", Judged = request.Judged, Outcome = held is null ? "parked" : "answer parked" });
            store.Publish(Announcement(ticket) with { Whole = request.Whole }, clock);
        }
        store.AddRange(seals.TakeRows());
        using var turn = await store.TakeTurnAsync(ct);
        await using var parking = await store.Database.BeginTransactionAsync(ct);
        await store.SaveChangesAsync(ct);
        var open = await store.Set<Ticket>().CountAsync(
            t => t.CallerSubject == ticket.CallerSubject && (t.Status == ApprovalStatus.Pending || (t.Status == ApprovalStatus.Releasing && t.Background)), ct);
        if (open > options.Value.MostPerCaller) throw new TooManyParkedException(options.Value.MostPerCaller);
        await parking.CommitAsync(ct);
        return ticket;
    }

    private async Task<Ticket?> TryJoinAsync(ParkRequest request, string joinKey, CancellationToken ct)
    {
        await using var store = await stores.CreateDbContextAsync(ct);
        if (await store.Set<Ticket>().AsNoTracking().SingleOrDefaultAsync(t => t.JoinKey == joinKey, ct) is not { } live) return null;

        var same = store.Set<Ticket>().Where(t => t.Id == live.Id && t.JoinKey == joinKey);
        if (live.LivesUntil <= clock.GetUtcNow())
        {
            await same.ExecuteUpdateAsync(set => set.SetProperty(t => t.JoinKey, (string?)null), ct);
            return null;
        }
        if (live.BodyDigest != request.Prompt.Body.Digest) throw new PromptRefusedException(OtherBody(live));
        using var turn = await store.TakeTurnAsync(ct);
        await using var joining = await store.Database.BeginTransactionAsync(ct);
        var joined = await same.ExecuteUpdateAsync(set => set.SetProperty(t => t.Joins, t => t.Joins + 1).SetProperty(t => t.Async, t => t.Async || request.Async).SetProperty(t => t.CallerUntil, request.PatientUntil), ct);
        if (joined == 0) return null;
        store.Add(Entry(live, "joined") with { ActorName = request.Caller.Name, InteractionId = request.InteractionId, Outcome = "joined", RequestText = live.RequestText, RequestDigest = live.TextDigest });
        await store.SaveChangesAsync(ct);
        await joining.CommitAsync(ct);
        metrics.Joined();
        Tracing.LinkTo(live.TraceParent);
        return await same.AsNoTracking().SingleOrDefaultAsync(ct);
    }

    /// <summary>422 and not 409, which most SDKs send again.</summary>
    private static ApiError OtherBody(Ticket live) => new(StatusCodes.Status422UnprocessableEntity, "idempotency_key_reused",
        $"This Idempotency-Key was sent with another body (ticket {live.Id}). Its answer would not be this call's answer: send a key of its own, or none.");

    private static string JoinKey(ParkRequest request) =>
        request.AlwaysNew ? Sha256("new", Guid.NewGuid().ToString())
        : request.IdempotencyKey is { } key ? Sha256("key", request.Caller.Subject, request.Prompt.Route, key)
        : Sha256("body", request.Caller.Subject, request.Prompt.Route, request.Prompt.Body.Digest);

    /// <summary>Parts are separated by a byte that none of them can hold.</summary>
    internal static string Sha256(params string[] parts) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts))));
}
