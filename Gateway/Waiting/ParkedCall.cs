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

    public async Task HandleAsync(HttpContext http, ParkRequest request)
    {
        var preference = Preference.Of(http.Request);
        var named = Patient(Named(request, http.Request) with { Async = preference.RespondAsync }, http.Request);
        await GoOnAsync(http, await lot.ParkAsync(named, http.RequestAborted), named, preference);
    }

    /// <summary>Where the same call waits already, it goes on with that one.</summary>
    /// <returns>False when it does not.</returns>
    /// <param name="joined">Called when it is joined, before it waits.</param>
    public async Task<bool> TryJoinAsync(HttpContext http, ParkRequest request, Action joined)
    {
        var preference = Preference.Of(http.Request);
        var named = Patient(Named(request, http.Request) with { Async = preference.RespondAsync }, http.Request);
        if (await lot.TryJoinAsync(named, http.RequestAborted) is not { } ticket) return false;
        joined();
        await GoOnAsync(http, ticket, named, preference);
        return true;
    }

    private async Task GoOnAsync(HttpContext http, Ticket ticket, ParkRequest request, Preference preference)
    {
        Replies.WriteTicket(http.Response, ticket);
        try
        {
            if (preference.RespondAsync) await AnswerLaterAsync(http, ticket, request.Prompt.Dialect, preference);
            else if (request.Prompt.Streams) await StreamAsync(http, ticket, request);
            else await HoldAsync(http, ticket, request.Prompt.Dialect);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The ticket lives on; there is nobody left to tell but the reviewers.
            if (request.PatientUntil is { } until) await lot.HungUpAsync(ticket, until);
        }
    }

    private ParkRequest Patient(ParkRequest request, HttpRequest http) => request with
    {
        PatientUntil = request.Async ? null : clock.GetUtcNow() + (request.Prompt.Streams ? options.Value.LongestStream : Patience.HoldFor(http, options.Value.LongestHold)),
    };

    /// <summary>As the caller named this call, so that the same one joins its ticket and another does not.</summary>
    public static ParkRequest Named(ParkRequest request, HttpRequest http) => request with
    {
        IdempotencyKey = http.Headers["Idempotency-Key"].ToString() is { Length: > 0 and <= 256 } key ? key : null,
        AlwaysNew = http.Headers[NewTicketHeader] == "true",
    };

    private async Task HoldAsync(HttpContext http, Ticket ticket, Dialect dialect)
    {
        var started = clock.GetTimestamp();
        var hold = Patience.HoldFor(http.Request, options.Value.LongestHold);
        TimeSpan Left() => hold - clock.GetElapsedTime(started);
        ticket = await watch.WaitAsync(ticket.Id, Decided, hold, http.RequestAborted);
        while (ticket.Status == ApprovalStatus.Releasing)
        {
            if (await release.TryRunAsync(ticket.Id, http)) return;
            // Somebody else runs it, or its answer waits for people now. Should the one that runs die, whoever still waits when the lease lapses takes over.
            ticket = await watch.WaitAsync(ticket.Id, t => Settled(t) || !(t.LeaseUntil > clock.GetUtcNow()), Left(), http.RequestAborted);
            if (ticket.Status == ApprovalStatus.Pending) ticket = await watch.WaitAsync(ticket.Id, Decided, Left(), http.RequestAborted);
            if (Left() <= TimeSpan.Zero || host.ApplicationStopping.IsCancellationRequested) break;
        }
        await ReplyAsync(http, ticket, dialect);
    }

    private async Task StreamAsync(HttpContext http, Ticket ticket, ParkRequest request)
    {
        var dialect = request.Prompt.Dialect;
        ticket = await watch.WaitAsync(ticket.Id, Decided, options.Value.StreamGrace, http.RequestAborted);
        if (Replies.Refusal(ticket, policy.Current.TellReason) is not null || ticket.Status.IsSettled())
        {
            await ReplyAsync(http, ticket, dialect);
            return;
        }
        if (ticket.Status == ApprovalStatus.Releasing)
        {
            if (await release.TryRunAsync(ticket.Id, http)) return;
            ticket = await watch.ReadAsync(ticket.Id, http.RequestAborted);
        }

        http.Response.ContentType = "text/event-stream";
        http.Response.Headers.CacheControl = "no-cache";
        Replies.WriteTicket(http.Response, ticket);
        var started = clock.GetTimestamp();
        while (!ticket.Status.IsSettled() && clock.GetElapsedTime(started) < options.Value.LongestStream && !host.ApplicationStopping.IsCancellationRequested)
        {
            await http.Response.Body.WriteAsync(Replies.Utf8(dialect.KeepAlive($"approval {ticket.Status.Word()} {ticket.Id}")), http.RequestAborted);
            await http.Response.Body.FlushAsync(http.RequestAborted);
            var (wasReleasing, known) = (ticket.Status == ApprovalStatus.Releasing, ticket.Id);
            ticket = await watch.WaitAsync(ticket.Id, t => wasReleasing ? Settled(t) || t.Id != known : Decided(t), options.Value.KeepAlive, http.RequestAborted);
            if (ticket.Status != ApprovalStatus.Releasing) continue;
            if (await release.TryRunAsync(ticket.Id, http)) return;
            ticket = await watch.ReadAsync(ticket.Id, http.RequestAborted); // its answer may wait for people now
        }
        await EndStreamAsync(http, ticket, request);
    }

    private async Task EndStreamAsync(HttpContext http, Ticket ticket, ParkRequest request)
    {
        var dialect = request.Prompt.Dialect;
        if (Replies.Refusal(ticket, policy.Current.TellReason) is { } refusal)
            await http.Response.Body.WriteAsync(Replies.Utf8(dialect.StreamRefusal(refusal, ticket.Model)), http.RequestAborted);
        else if (!ticket.Status.IsSettled())
            await http.Response.Body.WriteAsync(Replies.Utf8(dialect.StreamRefusal(Replies.StillPending(ticket), ticket.Model)), http.RequestAborted);
        else if (ticket.ResultType!.StartsWith("text/event-stream", StringComparison.Ordinal)) // settled tickets have a result
            await http.Response.Body.WriteAsync(await lot.ResultBodyAsync(ticket, http.RequestAborted), http.RequestAborted);
        else
            await http.Response.Body.WriteAsync(Replies.Utf8(dialect.StreamError(ApiError.NotStreamed(ticket.ResultStatus!.Value, ticket.Id))), http.RequestAborted);
    }

    private async Task AnswerLaterAsync(HttpContext http, Ticket ticket, Dialect dialect, Preference preference)
    {
        if (preference.Wait is { } wait) ticket = await watch.WaitAsync(ticket.Id, Settled, wait, http.RequestAborted);
        http.Response.Headers["Preference-Applied"] = preference.Applied();
        if (ticket.Status.IsSettled())
        {
            await ReplyAsync(http, ticket, dialect);
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
