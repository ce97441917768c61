using System.Collections.Concurrent;
using System.Data.Common;
using Gateway.Inspection;
using Gateway.Dialects;
using Gateway.Identity;
using Gateway.Masking;
using Gateway.Parking;
using Gateway.Policy;
using Gateway.Prompts;
using Gateway.Telemetry;
using Gateway.Upstreams;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Shared;

namespace Gateway.Waiting;

/// <summary>
/// Calls the model for a released ticket: once, with the stored bytes the people decided about, by whoever takes the lease
/// first. A crash gives the lease back after a while; the next attempt counts as the same execution.
/// </summary>
internal sealed partial class Release(
    ParkingLot lot, TicketSteps steps, HeldAnswers answers, CallerDirectory callers, UpstreamDirectory upstreams, AnswerRelay relay, DialectsByRoute dialects, FindSensitive findSensitive, AnswerGate gate, PolicyInForce policies, GatewayMetrics metrics,
    IOptions<ParkingOptions> parking, IOptions<UpstreamLimits> limits, IHostApplicationLifetime host, TimeProvider clock, ILogger<Release> logger)
{
    /// <summary>How a run ends that its caller took back; the one failure that was wished for.</summary>
    public static ApiError Cancelled { get; } = new(StatusCodes.Status499ClientClosedRequest, "response_cancelled", "This response was cancelled by its caller.");

    /// <summary>What this process runs, and how to break it off.</summary>
    private readonly ConcurrentDictionary<string, CancellationTokenSource> stops = new();

    /// <summary>Some time after the process was told to stop: what executes may finish until then, and is handed over.</summary>
    private readonly CancellationToken outOfTime = After(Shutdown.Grace, clock, host.ApplicationStopping);

    /// <param name="caller">Who receives the answer as it comes; null for a ticket that is polled.</param>
    /// <param name="read">The ticket as it was read just now, if it was.</param>
    /// <returns>False when somebody else runs or ran it.</returns>
    public async Task<bool> TryRunAsync(string ticketId, HttpContext? caller, Ticket? read = null)
    {
        if (host.ApplicationStopping.IsCancellationRequested)
        {
            if (read is not null) await steps.GiveBackAsync(read);
            return false;
        }
        if (await steps.ClaimAsync(ticketId, CancellationToken.None, read) is not { } ticket) return false;
        // Whoever's request this happens in, it is the parked prompt that goes on.
        using var step = Tracing.GoOn("release", ticket.TraceParent);
        step?.SetTag(Tracing.TicketTag, ticketId).SetTag(Tracing.AttemptTag, ticket.Attempts);
        if (ticket.Attempts > 1) metrics.Retried();
        if (caller is { Response.HasStarted: false }) Replies.WriteTicket(caller.Response, ticket);
        // The run outlives the caller's connection, and the order to stop by a while: hanging up is not cancelling.
        var stop = stops[ticketId] = new CancellationTokenSource(); // never disposed: somebody may still hold it
        using var running = CancellationTokenSource.CreateLinkedTokenSource(outOfTime, stop.Token);
        var renewing = RenewLeaseAsync(ticketId, running.Token);
        try
        {
            var sink = new AnswerSink(caller, limits.Value.LargestAnswer, clock, ticketId);
            await RunAsync(ticket, sink, running.Token);
            step?.SetTag("http.response.status_code", sink.Status);
            return true;
        }
        catch (AnswerParkedException parked)
        {
            // False all the same: nobody has the answer, and whoever waits goes on waiting, for people now.
            if (!await answers.HoldAsync(ticket, RequestOf(parked), lot.Entry(ticket, "execution") with { Outcome = "answer parked", StatusCode = parked.Answer.Status }, CancellationToken.None)) LogOvertaken(ticketId, ticket.Attempts);
            return false;
        }
        catch (OvertakenException)
        {
            LogOvertaken(ticketId, ticket.Attempts);
            if (caller is { Response.HasStarted: true }) caller.Abort(); // half of another answer than the recorded one
            return caller is { Response.HasStarted: true };
        }
        catch (OperationCanceledException) when (outOfTime.IsCancellationRequested)
        {
            LogHandedOver(ticketId);
            if (caller is { Response.HasStarted: true }) caller.Abort(); // the caller's next try gets the whole answer
            await steps.LetGoAsync(ticket, CancellationToken.None);
            return caller is { Response.HasStarted: true };
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await EndCancelledAsync(ticket);
            return true;
        }
        finally
        {
            stops.TryRemove(KeyValuePair.Create(ticketId, stop));
            await running.CancelAsync();
            await renewing;
        }
    }

    /// <summary>
    /// Ends a release that its caller no longer wants: before the model is called if nobody runs it yet, in the middle if
    /// this process does. A run elsewhere goes on; an answer that came first stays.
    /// </summary>
    public async Task StopAsync(string ticketId)
    {
        if (stops.TryGetValue(ticketId, out var stop)) await stop.CancelAsync();
        else if (await steps.ClaimAsync(ticketId, CancellationToken.None) is { } ticket) await EndCancelledAsync(ticket);
    }

    private async Task EndCancelledAsync(Ticket ticket)
    {
        try
        {
            await RefuseAsync(ticket, dialects.For(ticket.Route), new AnswerSink(caller: null, limits.Value.LargestAnswer, clock), Cancelled);
        }
        catch (OvertakenException)
        {
            LogOvertaken(ticket.Id, ticket.Attempts);
        }
    }

    private async Task RunAsync(Ticket ticket, AnswerSink sink, CancellationToken ct)
    {
        if (ticket.Known is not null) throw new InvalidOperationException($"Ticket {ticket.Id} is a known case: nobody asked it, and it is never sent.");
        var dialect = dialects.For(ticket.Route);
        var body = JsonBody.Parse(await lot.RequestBodyAsync(ticket, ct));
        var edited = ticket.Edited is null ? null : JsonBody.Parse(await lot.ReviewedBodyAsync(ticket, ct));
        if (body.Digest != ticket.BodyDigest || edited?.Digest != ticket.Edited?.BodyDigest) throw new InvalidOperationException($"The stored prompt of ticket {ticket.Id} is not the one that was reviewed; it is not sent.");
        var model = ticket.Edited?.Model ?? ticket.Model;

        if (ticket.IsUnclaimed(clock.GetUtcNow()))
        {
            await RefuseAsync(ticket, dialect, sink, new ApiError(StatusCodes.Status410Gone, "release_unclaimed", "The prompt was approved, but its caller did not come back for the answer in time, so it was not sent."));
        }
        else if (await callers.FindAsync(ticket.Caller, ct) is not { } caller || !caller.MayCall(ticket.Route, model))
        {
            await RefuseAsync(ticket, dialect, sink, new ApiError(StatusCodes.Status403Forbidden, "caller_not_allowed", "The prompt was released, but its caller is no longer let in, or may no longer use this model here."));
        }
        else if (ticket.HeldText is not null)
        {
            var held = HeldAnswer.Open(await answers.OpenAsync(ticket, ct));
            var outgoing = new OutgoingPrompt(ticket.Route, ticket.Model, dialect, body.Bytes, "application/json", ticket.ForwardedHeaders);
            await relay.ReplayAsync(held, outgoing, MaskFor(body, Pseudonyms.Import(held.Pseudonyms)), sink, (summary, last) => SettleAsync(ticket, sink, summary, last), ct);
        }
        else if (upstreams.Find(model, dialect) is not { } upstream)
        {
            await RefuseAsync(ticket, dialect, sink, new ApiError(StatusCodes.Status404NotFound, "model_not_found", "The prompt was released, but no upstream serves its model any more."));
        }
        else
        {
            var waiver = await lot.WaiverAsync(ticket, ct);
            var sent = waiver?.MaskedBody is { } masked ? JsonBody.Parse(masked) : edited ?? body;
            var outgoing = new OutgoingPrompt(ticket.Route, model, dialect, ticket.Background ? sent.Without("background") : sent.Bytes, "application/json", ticket.ForwardedHeaders);
            var mask = MaskFor(body, waiver is null ? new Pseudonyms() : Pseudonyms.Import(waiver.Pseudonyms));
            LogRunning(ticket.Id, ticket.Attempts);
            var inspect = gate.For(policies.Current, FactsOf(ticket) with { Model = model }, sent.Parts, dialect, body.Contains, () => lot.Entry(ticket, "answer"));
            await relay.RelayAsync(upstream, outgoing, mask, sink, (summary, last) => SettleAsync(ticket, sink, summary, last), ct, inspect);
        }
    }

    private AnswerMask MaskFor(JsonBody body, Pseudonyms pseudonyms) => new(findSensitive, pseudonyms, body.Contains);

    private Judged FactsOf(Ticket ticket) => new()
    {
        At = clock.GetUtcNow(), Caller = ticket.CallerSubject, Groups = ticket.Caller.Groups, Route = ticket.Route, Model = ticket.Model, Score = ticket.Score,
    };

    private static AnswerParkRequest RequestOf(AnswerParkedException parked) => new()
    {
        Held = parked.Answer.ToBytes(), PolicyVersion = parked.Judged.PolicyVersion, Rule = parked.Decision.Rule, Score = parked.Judged.Score, Findings = parked.Judged.Findings,
        Stages = parked.Decision.Stages, UndoWindow = parked.Decision.UndoWindow, Excerpt = parked.Judged.Excerpt, Judged = PolicyJson.Write(parked.Judged.Facts),
    };

    private async Task RefuseAsync(Ticket ticket, Dialect dialect, AnswerSink sink, ApiError error)
    {
        var body = dialect.Error(error);
        sink.Begin(error.Status, "application/json", []);
        await SettleAsync(ticket, sink, new AnswerSummary(error.Status, sink.ContentType, 0, 0, error), body);
        await sink.TellAsync(sink.CallerStreams ? Replies.Utf8(dialect.StreamRefusal(error, ticket.Model)) : body);
    }

    private async Task SettleAsync(Ticket ticket, AnswerSink sink, AnswerSummary summary, ReadOnlyMemory<byte> last)
    {
        byte[] leaves = [.. sink.Left.Span, .. last.Span];
        var completed = summary.Failure is null && summary.Status is >= 200 and < 300;
        var entry = lot.Entry(ticket, "execution") with
        {
            Outcome = completed ? "completed" : summary.Failure == Cancelled ? "cancelled" : "failed",
            StatusCode = summary.Status,
            UpstreamMs = summary.UpstreamMs,
            ElapsedMs = (clock.GetUtcNow() - ticket.ParkedAt).TotalMilliseconds,
            Reason = ReasonOf(ticket, summary),
        };
        if (!await steps.SettleAsync(ticket, completed, summary.Status, summary.ContentType, leaves, entry, CancellationToken.None, sink.Times.ToBytes())) throw new OvertakenException();
    }

    private static string? ReasonOf(Ticket ticket, AnswerSummary summary)
    {
        var notes = new[]
        {
            ticket.Attempts > 1 ? $"Attempt {ticket.Attempts}: the ones before were broken off." : null,
            summary.Failure?.Message,
            summary.Hidden > 0 ? $"{summary.Hidden} value(s) hidden in the answer." : null,
        };
        return string.Join(' ', notes.OfType<string>()) is { Length: > 0 } reason ? reason : null;
    }

    private static CancellationToken After(TimeSpan time, TimeProvider clock, CancellationToken begun)
    {
        var source = new CancellationTokenSource(Timeout.InfiniteTimeSpan, clock); // lives as long as the process
        begun.Register(() => source.CancelAfter(time));
        return source.Token;
    }

    private async Task RenewLeaseAsync(string ticketId, CancellationToken stopped)
    {
        while (!stopped.IsCancellationRequested)
        {
            await Task.Delay(parking.Value.Lease / 3, clock, stopped).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stopped.IsCancellationRequested) return;
            try
            {
                await steps.ExtendAsync(ticketId, CancellationToken.None);
            }
            catch (Exception fault) when (fault is DbException or DbUpdateException)
            {
                LogNotRenewed(fault, ticketId); // two more looks before the lease lapses
            }
        }
    }

    [LoggerMessage(1, LogLevel.Information, "Ticket {TicketId} was released and goes to the model (attempt {Attempt}).")]
    private partial void LogRunning(string ticketId, int attempt);

    [LoggerMessage(2, LogLevel.Warning, "The lease of ticket {TicketId} could not be renewed; trying again before it lapses.")]
    private partial void LogNotRenewed(Exception fault, string ticketId);

    [LoggerMessage(3, LogLevel.Warning, "Ticket {TicketId} was settled by a later attempt; the answer of attempt {Attempt} is dropped.")]
    private partial void LogOvertaken(string ticketId, int attempt);

    [LoggerMessage(4, LogLevel.Warning, "The process stops before the model has answered for ticket {TicketId}; another instance takes over.")]
    private partial void LogHandedOver(string ticketId);

    /// <summary>This attempt lost its lease and another one was done first: only that one's answer counts.</summary>
    private sealed class OvertakenException : Exception;
}
