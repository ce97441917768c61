using System.Runtime.CompilerServices;
using Contracts;
using Contracts.Messages;
using Gateway.Audit;
using Gateway.Storage;
using Gateway.Telemetry;
using Gateway.Texts;
using Gateway.Webhooks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Shared;

namespace Gateway.Parking;

/// <summary>What a parked prompt goes through once people have decided: it is claimed by one who runs it, whose right to that is renewed or given back, and settled.</summary>
internal sealed partial class TicketSteps(
    IDbContextFactory<GatewayStore> stores, ParkingLot lot, TicketChanges changes, TicketWatch watch, WebhookNotices webhooks, GatewayMetrics metrics, IOptions<ParkingOptions> options, TimeProvider clock, ILogger<TicketSteps> logger)
{
    /// <summary>Claimed with their decision, for whoever waits here; taken once.</summary>
    private readonly ConditionalWeakTable<Ticket, Ticket> handed = [];

    /// <summary>The people's outcome arrives: the only way out of pending.</summary>
    public async Task DecideAsync(ReviewDecided decision, CancellationToken ct)
    {
        try
        {
            await DecideAsync(decision, IsNews(decision) ? decision.Acts : await MissingAsync(decision.Acts, ct), ct);
        }
        catch (DbUpdateException fault) when (fault.IsDuplicate())
        {
            // The trail was told of one of the acts in between.
            await DecideAsync(decision, await MissingAsync(decision.Acts, ct), ct);
        }
    }

    private async Task DecideAsync(ReviewDecided decision, IReadOnlyList<PersonActed> acts, CancellationToken ct)
    {
        Ticket? decided = null;
        var claimed = false;
        await changes.StepAsync(decision.TicketId, (rows, ticket) =>
        {
            (decided, claimed) = (null, false);
            if (!ticket.Decide(decision, clock.GetUtcNow() + options.Value.LifeAfterEnd))
            {
                if (!ticket.Knows(decision.Digest)) LogOtherDigest(ticket.Id);
                // Told again, although all is done: approvals may have missed the end.
                if (ticket.ResultStatus is { } status && decision.Outcome == ApprovalStatus.Releasing)
                    rows.Publish(new ReleaseSettled(ticket.Id, ticket.Status, status, clock.GetUtcNow()), clock);
                return true;
            }
            rows.AddRange(acts.Select(TrailEntry.Of));
            rows.Add(lot.Entry(ticket, ticket.Known is null ? "decision" : "known") with
            {
                At = decision.DecidedAt,
                Actor = Names(decision.DecidedBy.Select(p => p.Subject)) ?? "nobody",
                ActorName = Names(decision.DecidedBy.Select(p => p.Name)),
                Outcome = decision.Outcome == ApprovalStatus.Releasing ? "released" : decision.Outcome.Word(),
                Reason = decision.Reason,
            });
            decided = ticket;
            if (ticket.Known is not null)
            {
                if (ticket.ResultStatus is { } ended) rows.Publish(new ReleaseSettled(ticket.Id, ticket.Status, ended, clock.GetUtcNow()), clock);
                return true;
            }
            // Whoever waits for it here would claim it next: one write does for both.
            claimed = watch.IsRunHere(ticket.Id) && ticket.TryClaim(clock.GetUtcNow(), options.Value.Lease);
            watch.TellOthers(rows, ticket.Id);
            if (ticket.Status.IsSettled()) webhooks.Note(rows, ticket.CallerSubject, ticket.Id, ticket.Status.Word(), StatusCodes.Status403Forbidden);
            return true;
        }, ct);
        if (decided is { Known: null })
        {
            metrics.PeopleTook(clock.GetUtcNow() - decided.ParkedAt, decided.Status);
            if (decided.Status.IsSettled()) metrics.Settled(decided.Status);
        }
        if (claimed && decided is not null) await HandAsync(decided);
        else watch.Ring(decision.TicketId);
        if (decided is null) await RecordAsync(decision.Acts, ct);
    }

    private async Task HandAsync(Ticket claimed)
    {
        handed.Add(claimed, claimed);
        if (!watch.TryHand(claimed, () => GiveBackAsync(claimed))) await GiveBackAsync(claimed);
    }

    /// <summary>Somebody was to run it, and did not begin.</summary>
    public async Task GiveBackAsync(Ticket claimed)
    {
        if (!handed.Remove(claimed)) return;
        await changes.StepAsync(claimed.Id, (rows, ticket) =>
        {
            if (!ticket.Unclaim(claimed.Attempts)) return false;
            watch.TellOthers(rows, ticket.Id);
            return true;
        }, CancellationToken.None);
        watch.Ring(claimed.Id);
    }

    /// <summary>One person decided just now: nobody can have told the trail of it before the ticket hears of it.</summary>
    private static bool IsNews(ReviewDecided decision) => decision.Acts is [var only] && only.At == decision.DecidedAt;

    /// <summary>What people did is on record whatever the ticket thinks of the decision; told again, nothing is missing.</summary>
    private async Task RecordAsync(IReadOnlyList<PersonActed> acts, CancellationToken ct)
    {
        if (await MissingAsync(acts, ct) is not { Count: > 0 } missing) return;
        await using var store = await stores.CreateDbContextAsync(ct);
        store.AddRange(missing.Select(TrailEntry.Of));
        using var turn = await store.TakeTurnAsync(ct);
        await store.SaveChangesAsync(ct); // where somebody else was first, the message comes again
    }

    private async Task<IReadOnlyList<PersonActed>> MissingAsync(IReadOnlyList<PersonActed> acts, CancellationToken ct)
    {
        if (acts.Count == 0) return acts;
        Guid?[] ids = [.. acts.Select(act => (Guid?)act.ActionId)];
        await using var store = await stores.CreateDbContextAsync(ct);
        var known = await store.Set<TrailEntry>().Where(entry => ids.Contains(entry.FactId)).Select(entry => entry.FactId).ToListAsync(ct);
        return [.. acts.Where(act => !known.Contains(act.ActionId))];
    }

    private static string? Names(IEnumerable<string> names) => string.Join(", ", names) is { Length: > 0 } joined ? joined : null;

    /// <summary>The one right to call the model for this release; null when somebody else has it.</summary>
    /// <param name="read">As it was read just now; should it be another by now, it is read again.</param>
    public async Task<Ticket?> ClaimAsync(string ticketId, CancellationToken ct, Ticket? read = null)
    {
        if (read is not null && handed.Remove(read) && read.LeaseUntil > clock.GetUtcNow()) return read;
        Ticket? claimed = null;
        await changes.StepAsync(ticketId, (_, ticket) =>
        {
            claimed = ticket.TryClaim(clock.GetUtcNow(), options.Value.Lease) ? ticket : null;
            return claimed is not null;
        }, ct, read);
        return claimed;
    }

    public Task ExtendAsync(string ticketId, CancellationToken ct) => changes.StepAsync(ticketId, (_, ticket) =>
    {
        if (ticket.Status != ApprovalStatus.Releasing) return false;
        ticket.Extend(clock.GetUtcNow() + options.Value.Lease);
        return true;
    }, ct);

    /// <summary>Hands a broken-off execution over: whoever waits for the ticket, on any instance, may run it now.</summary>
    public async Task LetGoAsync(Ticket claimed, CancellationToken ct)
    {
        await changes.StepAsync(claimed.Id, (rows, ticket) =>
        {
            if (!ticket.LetGo(claimed.Attempts)) return false;
            watch.TellOthers(rows, ticket.Id);
            return true;
        }, ct);
        watch.Ring(claimed.Id);
    }

    /// <summary>Stores what the model answered, once, with its trail entry; from here on every call gets these bytes.</summary>
    /// <returns>False when another attempt settled it before; then nothing is stored.</returns>
    public async Task<bool> SettleAsync(Ticket claimed, bool completed, int status, string contentType, ReadOnlyMemory<byte> body, TrailEntry execution, CancellationToken ct, byte[]? times = null)
    {
        var settled = false;
        var seals = await lot.SealsAsync(claimed, ct);
        await changes.StepAsync(claimed.Id, (rows, ticket) =>
        {
            var text = seals.Seal(body.Span);
            if (times is not null) seals.Seal(times, AnswerTimes.IdOf(text.Id));
            var sealedRows = seals.TakeRows();
            settled = ticket.Settle(completed, status, contentType, text.Id, clock.GetUtcNow() + options.Value.LifeAfterEnd);
            if (!settled) return false;
            rows.AddRange(sealedRows);
            rows.Add(execution with { AnswerText = text.Id, AnswerDigest = seals.Digest(body.Span) });
            if (!ticket.IsWaived) rows.Publish(new ReleaseSettled(ticket.Id, ticket.Status, status, clock.GetUtcNow()), clock);
            watch.TellOthers(rows, ticket.Id);
            webhooks.Note(rows, ticket.CallerSubject, ticket.Id, ticket.Status.Word(), status);
            return true;
        }, ct, claimed);
        if (settled) metrics.Settled(completed ? ApprovalStatus.Completed : ApprovalStatus.Failed);
        watch.Ring(claimed.Id);
        return settled;
    }

    [LoggerMessage(1, LogLevel.Error, "A decision about ticket {TicketId} names another text than the ticket holds; it releases nothing.")]
    private partial void LogOtherDigest(string ticketId);
}
