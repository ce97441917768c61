using System.Security.Cryptography;
using Contracts;
using Contracts.Messages;
using Gateway.Audit;
using Gateway.Storage;
using Gateway.Telemetry;
using Gateway.Texts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Shared;

namespace Gateway.Parking;

/// <summary>Answers that wait for people, each under a ticket that holds it sealed.</summary>
internal sealed class HeldAnswers(
    IDbContextFactory<GatewayStore> stores, TextVault vault, ParkingLot lot, TicketWatch watch, GatewayMetrics metrics, IOptions<ParkingOptions> options, TimeProvider clock)
{
    /// <summary>Part of what people decide about: another answer is another decision.</summary>
    public static string DigestOf(byte[] held) => Convert.ToHexStringLower(SHA256.HashData(held));

    /// <summary>
    /// The model has answered a release, and its answer waits for people: a ticket of its own takes the first one's place,
    /// in one transaction with the record of the execution.
    /// </summary>
    /// <returns>False when another attempt settled the release before.</returns>
    public async Task<bool> HoldAsync(Ticket released, AnswerParkRequest request, TrailEntry execution, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var store = await stores.CreateDbContextAsync(ct);
        using var turn = await store.TakeTurnAsync(ct);
        await using var holding = await store.Database.BeginTransactionAsync(ct);
        var first = await store.Set<Ticket>().SingleAsync(t => t.Id == released.Id, ct);
        var seals = await lot.SealsAsync(released, ct);
        var held = seals.Seal(request.Held);
        var ticket = TicketOf(released, request, held.Id, now);
        if (released.Edited is { } sent) ticket.AnswersEdited(sent);
        if (first.Attempts != released.Attempts || !first.ContinueWith(ticket.Id, now + options.Value.LifeAfterEnd, out var joinKey)) return false;
        try
        {
            await store.SaveChangesAsync(ct); // the name of the call is free now
            ticket.Open(joinKey ?? ParkingLot.Sha256("answer", ticket.Id), first.Async, now + options.Value.AnnounceAgain);
            store.AddRange(seals.TakeRows());
            store.Add(ticket);
            store.Add(execution);
            store.Add(lot.Entry(ticket, "parked") with { ActorName = ticket.Caller.Name, Decision = "park", Judged = request.Judged, Outcome = "answer parked" });
            if (!first.IsWaived) store.Publish(new ReleaseSettled(first.Id, first.Status, StatusCodes.Status202Accepted, now), clock);
            store.Publish(ParkingLot.Announcement(ticket), clock);
            List<object> others = [];
            watch.TellOthers(others, first.Id);
            store.AddRange(others);
            await store.SaveChangesAsync(ct);
            await holding.CommitAsync(ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            return false;
        }
        metrics.Opened();
        watch.Ring(first.Id);
        return true;
    }

    /// <exception cref="InvalidOperationException">The ticket holds no answer.</exception>
    public async Task<byte[]> OpenAsync(Ticket ticket, CancellationToken ct)
    {
        var text = ticket.HeldText ?? throw new InvalidOperationException($"Ticket {ticket.Id} holds no answer.");
        await using var store = await stores.CreateDbContextAsync(ct);
        return await vault.OpenAsync(store, text, ct);
    }

    private static Ticket TicketOf(Ticket released, AnswerParkRequest request, Guid held, DateTimeOffset now) => new()
    {
        Id = "apr_" + Guid.CreateVersion7(now).ToString("N"), Origin = released.Origin ?? released.Id, HeldText = held,
        CallerSubject = released.CallerSubject, Caller = released.Caller, InteractionId = released.InteractionId, Route = released.Route, Model = released.Edited?.Model ?? released.Model, Streams = released.Streams,
        Digest = ParkingLot.Sha256(released.CallerSubject, released.Route, released.Edited?.Model ?? released.Model, released.Edited?.BodyDigest ?? released.BodyDigest, request.PolicyVersion, DigestOf(request.Held)),
        BodyDigest = released.BodyDigest, PolicyVersion = request.PolicyVersion, Rule = request.Rule, Score = request.Score, Findings = [.. released.ReviewedFindings, .. request.Findings], Stages = request.Stages,
        ForwardedHeaders = released.ForwardedHeaders, RequestText = released.RequestText, TextDigest = released.TextDigest, ParkedAt = now, Excerpt = request.Excerpt, UndoWindow = request.UndoWindow,
        Background = released.Background, TraceParent = released.TraceParent,
    };
}
