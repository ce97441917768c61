using System.Text;
using Contracts;
using Gateway.Parking;
using Gateway.Policy;
using Gateway.Waiting;
using Microsoft.Extensions.Options;

namespace Gateway.Background;

/// <summary>
/// A Response its caller polls for by id, with <c>background: true</c>: the provider's own way to wait, so every client
/// knows it. Each opens a ticket; one that needs no people is run at once, and looks the same from outside.
/// </summary>
internal sealed class BackgroundCall(
    ParkingLot lot, TicketWatch watch, Release release, QueueOutlook outlook, PolicyInForce policy, IOptions<ParkingOptions> options, IHostApplicationLifetime host, TimeProvider clock)
{
    /// <summary>How long a cancel waits to say how it ended.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(2);

    /// <returns>What is to be waited for; the prompt is in the store from here on.</returns>
    public async Task<WaitingCall> OpenAsync(HttpContext http, ParkRequest request)
    {
        request = ParkedCall.Named(request, http.Request) with { Async = true, Background = true };
        // Two equal reviews are one; two equal runs are two, as at the provider.
        if (request is { Waiver: not null, IdempotencyKey: null }) request = request with { AlwaysNew = true };
        var ticket = await lot.ParkAsync(request, http.RequestAborted);
        return new WaitingCall(ticket.Id, request.Prompt.Dialect, request.Prompt.Streams, PatientUntil: null, Background: true);
    }

    public async Task WaitAsync(HttpContext http, WaitingCall call)
    {
        var ticket = await watch.ReadAsync(call.TicketId, http.RequestAborted);
        if (call.Streams) await StreamAsync(http, ticket, after: -1);
        else await ReplyAsync(http, ticket);
    }

    /// <summary>The Response as it is now, or as it is when it ends within the time the caller prefers to wait.</summary>
    public async Task ReplyAsync(HttpContext http, Ticket ticket)
    {
        var preference = Preference.Of(http.Request);
        if (preference.Wait is { } wait)
        {
            ticket = await watch.WaitAsync(ticket.Id, Settled, wait, http.RequestAborted);
            http.Response.Headers["Preference-Applied"] = preference.Applied();
        }
        var timeline = await ReadAsync(ticket, http.RequestAborted);
        Replies.WriteTicket(http.Response, ticket);
        Replies.WriteOutlook(http.Response, await outlook.OfAsync(ticket, http.RequestAborted));
        http.Response.ContentType = "application/json";
        await http.Response.Body.WriteAsync(ResponseJson.Bytes(timeline.Response), http.RequestAborted);
    }

    /// <summary>
    /// All events behind number <paramref name="after"/>, open until the last. While people decide and the model answers,
    /// comments keep it open; the model's events follow when the answer is stored, because only then no crash can number
    /// them anew. A stream that reaches <see cref="ParkingOptions.LongestStream"/>, or the end of the process, just ends and
    /// can be resumed.
    /// </summary>
    public async Task StreamAsync(HttpContext http, Ticket ticket, int after)
    {
        http.Response.ContentType = "text/event-stream";
        http.Response.Headers.CacheControl = "no-cache";
        Replies.WriteTicket(http.Response, ticket);
        var started = clock.GetTimestamp();
        TimeSpan Left() => options.Value.LongestStream - clock.GetElapsedTime(started);
        var next = after + 1L;
        while (true)
        {
            var events = (await ReadAsync(ticket, http.RequestAborted)).Events;
            foreach (var data in events.Skip((int)Math.Min(next, events.Count))) await http.Response.Body.WriteAsync(ResponseJson.Event(data), http.RequestAborted);
            next = Math.Max(next, events.Count);
            if (ticket.Status.IsSettled() || Left() <= TimeSpan.Zero || host.ApplicationStopping.IsCancellationRequested) return;

            var wasUnderWay = ResponseTimeline.IsUnderWay(ticket);
            var alive = Encoding.UTF8.GetBytes($": approval {ticket.Status.Word()} {ticket.Id}\n\n");
            async Task SayAsync()
            {
                await http.Response.Body.WriteAsync(alive, http.RequestAborted);
                await http.Response.Body.FlushAsync(http.RequestAborted);
            }
            await SayAsync();
            ticket = await watch.WaitAsync(ticket.Id, now => now.Status.IsSettled() || ResponseTimeline.IsUnderWay(now) != wasUnderWay, Left(), http.RequestAborted, new Pulse(options.Value.KeepAlive, SayAsync));
        }
    }

    /// <summary>Ends it if that is still possible, and replies with what it is then: people, or the model, may have been first.</summary>
    public async Task CancelAsync(HttpContext http, Ticket ticket)
    {
        await lot.CancelAsync(ticket, http.RequestAborted);
        ticket = await watch.WaitAsync(ticket.Id, t => t.Status.IsDecided(), Soon, http.RequestAborted);
        if (ticket.Status == ApprovalStatus.Releasing)
        {
            await release.StopAsync(ticket.Id);
            ticket = await watch.WaitAsync(ticket.Id, Settled, Soon, http.RequestAborted);
        }
        await ReplyAsync(http, ticket);
    }

    private async Task<ResponseTimeline> ReadAsync(Ticket ticket, CancellationToken ct)
    {
        var asked = ResponseJson.TryParse(await lot.RequestBodyAsync(ticket, ct)) ?? [];
        var answer = ticket.ResultText is null ? null : StoredAnswer.Read(ticket, await lot.ResultBodyAsync(ticket, ct));
        return ResponseTimeline.Of(ticket, asked, Replies.Refusal(ticket, policy.Current.TellReason), answer);
    }

    private static bool Settled(Ticket ticket) => ticket.Status.IsSettled();
}
