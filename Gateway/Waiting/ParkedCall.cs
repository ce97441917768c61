using Contracts;
using Gateway.Dialects;
using Gateway.Parking;
using Gateway.Policy;
using Gateway.Upstreams;
using Microsoft.Extensions.Options;

namespace Gateway.Waiting;

/// <summary>
/// A call whose prompt waits for people: it is held while the client is patient, kept open as a stream, or told where to
/// poll. Hanging up is not cancelling: an SDK's time-out looks the same, and its retry joins the same ticket.
/// </summary>
internal sealed class ParkedCall(ParkingLot lot, TicketWatch watch, Release release, QueueOutlook outlook, PolicyInForce policy, IOptions<ParkingOptions> options, IHostApplicationLifetime host, TimeProvider clock)
{
    public const string NewTicketHeader = "x-approval-new";

    /// <returns>What is to be waited for; the prompt is in the store from here on.</returns>
    public async Task<WaitingCall> ParkAsync(HttpContext http, ParkRequest request)
    {
        var patient = Patient(Named(request, http.Request), http.Request);
        return Waiting(http, await lot.ParkAsync(patient, http.RequestAborted), patient);
    }

    /// <summary>Where the same call waits already, it goes on with that one.</summary>
    /// <returns>Null when it does not.</returns>
    public async Task<WaitingCall?> TryJoinAsync(HttpContext http, ParkRequest request)
    {
        var patient = Patient(Named(request, http.Request), http.Request);
        return await lot.TryJoinAsync(patient, http.RequestAborted) is { } ticket ? Waiting(http, ticket, patient) : null;
    }

    public async Task WaitAsync(HttpContext http, WaitingCall call)
    {
        try
        {
            if (call.PatientUntil is null) await AnswerLaterAsync(http, call);
            else if (call.Streams) await StreamAsync(http, call);
            else await HoldAsync(http, call);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The ticket lives on; there is nobody left to tell but the reviewers.
            if (call.PatientUntil is { } until) await lot.HungUpAsync(call.TicketId, until);
        }
    }

    private static WaitingCall Waiting(HttpContext http, Ticket ticket, ParkRequest request)
    {
        Replies.WriteTicket(http.Response, ticket);
        return new WaitingCall(ticket.Id, request.Prompt.Dialect, request.Prompt.Streams, request.PatientUntil);
    }

    private ParkRequest Patient(ParkRequest request, HttpRequest http)
    {
        if (Preference.Of(http).RespondAsync) return request with { Async = true };
        return request with { PatientUntil = clock.GetUtcNow() + (request.Prompt.Streams ? options.Value.LongestStream : Patience.HoldFor(http, options.Value.LongestHold)) };
    }

    /// <summary>As the caller named this call, so that the same one joins its ticket and another does not.</summary>
    public static ParkRequest Named(ParkRequest request, HttpRequest http) => request with
    {
        IdempotencyKey = http.Headers["Idempotency-Key"].ToString() is { Length: > 0 and <= 256 } key ? key : null,
        AlwaysNew = http.Headers[NewTicketHeader] == "true",
    };

    private async Task HoldAsync(HttpContext http, WaitingCall call)
    {
        var started = clock.GetTimestamp();
        var hold = Patience.HoldFor(http.Request, options.Value.LongestHold);
        TimeSpan Left() => hold - clock.GetElapsedTime(started);
        var ticket = await watch.WaitAsync(call.TicketId, Decided, hold, http.RequestAborted, runs: true);
        while (ticket.Status == ApprovalStatus.Releasing)
        {
            if (await release.TryRunAsync(ticket.Id, http, ticket)) return;
            // Somebody else runs it, or its answer waits for people now. Should the one that runs die, whoever still waits when the lease lapses takes over.
            ticket = await watch.WaitAsync(ticket.Id, t => Settled(t) || !(t.LeaseUntil > clock.GetUtcNow()), Left(), http.RequestAborted);
            if (ticket.Status == ApprovalStatus.Pending) ticket = await watch.WaitAsync(ticket.Id, Decided, Left(), http.RequestAborted, runs: true);
            if (Left() <= TimeSpan.Zero || host.ApplicationStopping.IsCancellationRequested) break;
        }
        await ReplyAsync(http, ticket, call.Dialect);
    }

    private async Task StreamAsync(HttpContext http, WaitingCall call)
    {
        var ticket = await watch.WaitAsync(call.TicketId, Decided, options.Value.StreamGrace, http.RequestAborted, runs: true);
        if (Replies.Refusal(ticket, policy.Current.TellReason) is not null || ticket.Status.IsSettled())
        {
            await ReplyAsync(http, ticket, call.Dialect);
            return;
        }
        if (ticket.Status == ApprovalStatus.Releasing)
        {
            if (await RunAsync(http, ticket) is not { } later) return;
            ticket = later;
        }

        http.Response.ContentType = "text/event-stream";
        http.Response.Headers.CacheControl = "no-cache";
        Replies.WriteTicket(http.Response, ticket);
        await KeepOpenAsync(http, call, ticket.Id, ticket.Status);
    }

    /// <summary>From here on people may take hours, so nothing is kept of the ticket but its name and whether it was released.</summary>
    private async Task KeepOpenAsync(HttpContext http, WaitingCall call, string ticketId, ApprovalStatus status)
    {
        var started = clock.GetTimestamp();
        TimeSpan Left() => options.Value.LongestStream - clock.GetElapsedTime(started);
        while (true)
        {
            var alive = Replies.Utf8(call.Dialect.KeepAlive($"approval {status.Word()} {ticketId}"));
            await SayAsync(http, alive);
            var (known, wasReleasing) = (ticketId, status == ApprovalStatus.Releasing);
            // Should whoever runs it die, this one takes over when the lease lapses.
            bool IsNews(Ticket now) => wasReleasing ? Settled(now) || now.Id != known || !(now.LeaseUntil > clock.GetUtcNow()) : Decided(now);
            var ticket = await watch.WaitAsync(ticketId, IsNews, Left(), http.RequestAborted, new Pulse(options.Value.KeepAlive, () => SayAsync(http, alive)), runs: true);
            if (ticket.Status == ApprovalStatus.Releasing)
            {
                if (await RunAsync(http, ticket) is not { } later) return;
                ticket = later;
            }
            if (ticket.Status.IsSettled() || Left() <= TimeSpan.Zero || host.ApplicationStopping.IsCancellationRequested)
            {
                await EndStreamAsync(http, ticket, call.Dialect);
                return;
            }
            (ticketId, status) = (ticket.Id, ticket.Status);
        }
    }

    /// <returns>Null when the caller has its answer; else the ticket as it is now: somebody else runs it, or its answer waits for people.</returns>
    private async Task<Ticket?> RunAsync(HttpContext http, Ticket ticket) =>
        await release.TryRunAsync(ticket.Id, http, ticket) ? null : await watch.ReadAsync(ticket.Id, http.RequestAborted);

    private static async Task SayAsync(HttpContext http, byte[] alive)
    {
        await http.Response.Body.WriteAsync(alive, http.RequestAborted);
        await http.Response.Body.FlushAsync(http.RequestAborted);
    }

    private async Task EndStreamAsync(HttpContext http, Ticket ticket, Dialect dialect)
    {
        if (Replies.Refusal(ticket, policy.Current.TellReason) is { } refusal)
            await http.Response.Body.WriteAsync(Replies.Utf8(dialect.StreamRefusal(refusal, ticket.Model)), http.RequestAborted);
        else if (!ticket.Status.IsSettled())
            await http.Response.Body.WriteAsync(Replies.Utf8(dialect.StreamRefusal(Replies.StillPending(ticket), ticket.Model)), http.RequestAborted);
        else if (ticket.ResultType!.StartsWith("text/event-stream", StringComparison.Ordinal)) // settled tickets have a result
            await http.Response.Body.WriteAsync(await lot.ResultBodyAsync(ticket, http.RequestAborted), http.RequestAborted);
        else
            await http.Response.Body.WriteAsync(Replies.Utf8(dialect.StreamError(ApiError.NotStreamed(ticket.ResultStatus!.Value, ticket.Id))), http.RequestAborted);
    }

    private async Task AnswerLaterAsync(HttpContext http, WaitingCall call)
    {
        var preference = Preference.Of(http.Request);
        var ticket = await watch.WaitAsync(call.TicketId, Settled, preference.Wait ?? TimeSpan.Zero, http.RequestAborted);
        http.Response.Headers["Preference-Applied"] = preference.Applied();
        if (ticket.Status.IsSettled())
        {
            await ReplyAsync(http, ticket, call.Dialect);
            return;
        }
        Replies.WriteTicket(http.Response, ticket);
        http.Response.StatusCode = StatusCodes.Status202Accepted;
        http.Response.Headers.RetryAfter = "1";
        await WriteViewAsync(http, ticket);
    }

    /// <summary>The ticket as a poller sees it, with what is known of its turn.</summary>
    public async Task WriteViewAsync(HttpContext http, Ticket ticket)
    {
        var turn = await outlook.OfAsync(ticket, http.RequestAborted);
        Replies.WriteOutlook(http.Response, turn);
        await http.Response.WriteAsJsonAsync(TicketView.Of(ticket, turn, policy.Current.TellReason), JsonWire.Options, http.RequestAborted);
    }

    /// <summary>The one reply to a call whose headers have not left: the stored result, the refusal, or 408.</summary>
    public async Task ReplyAsync(HttpContext http, Ticket ticket, Dialect dialect)
    {
        Replies.WriteTicket(http.Response, ticket);
        if (Replies.Refusal(ticket, policy.Current.TellReason) is { } refusal)
        {
            await Replies.WriteErrorAsync(http, dialect, refusal);
        }
        else if (!ticket.Status.IsSettled())
        {
            http.Response.Headers.RetryAfter = "1";
            Replies.WriteOutlook(http.Response, await outlook.OfAsync(ticket, http.RequestAborted));
            await Replies.WriteErrorAsync(http, dialect, Replies.StillPending(ticket));
        }
        else
        {
            var body = await lot.ResultBodyAsync(ticket, http.RequestAborted);
            http.Response.StatusCode = ticket.ResultStatus!.Value; // settled tickets have a result
            http.Response.ContentType = ticket.ResultType;
            // The stored answer would be the same again, so an SDK need not retry a stored failure.
            if (ticket.Status == ApprovalStatus.Failed) http.Response.Headers["x-should-retry"] = "false";
            await http.Response.Body.WriteAsync(body, http.RequestAborted);
        }
    }

    private static bool Decided(Ticket ticket) => ticket.Status.IsDecided();

    private static bool Settled(Ticket ticket) => ticket.Status.IsSettled();
}
