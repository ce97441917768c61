using Contracts;
using Gateway.Dialects;
using Gateway.Identity;
using Gateway.Parking;
using Microsoft.AspNetCore.Mvc;

namespace Gateway.Waiting;

/// <summary>For callers who poll. Only the caller that opened a ticket learns that it exists.</summary>
internal static class TicketApi
{
    private const int LargestAnswer = 64 * 1024;

    public static IEndpointRouteBuilder MapTickets(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/v1/approvals/{id}").RequireAuthorization(IdentityExtensions.CallerPolicy).WithTags("Approvals (callers)").AddEndpointFilter<NothingLeaves>();
        group.MapGet("", Get).WithName("GetTicket").Produces<TicketView>().Produces(404)
            .WithSummary("The ticket's status; with 'Prefer: wait=N' answers when it is settled, or after N seconds.");
        group.MapGet("/result", Result).WithName("GetTicketResult").Produces(200).Produces(403).Produces(404).Produces(408)
            .WithSummary("The stored answer: status, content type and bytes as the waiting call would have got them.");
        group.MapPost("/cancel", Cancel).WithName("CancelTicket").Produces<TicketView>(202).Produces<TicketView>(409).Produces(404)
            .WithSummary("Take the prompt back. 409 when people decided first.");
        group.MapPost("/answer", Answer).WithName("AnswerQuestion").Produces<TicketView>(200).Produces(400).Produces(404).Produces<TicketView>(409)
            .WithMetadata(new RequestSizeLimitAttribute(LargestAnswer))
            .WithSummary("Answer what a reviewer has asked. 409 when nothing is asked, or people have decided.");
        return app;
    }

    private static async Task Get(string id, HttpContext http, ParkingLot lot, TicketWatch watch, ParkedCall parked)
    {
        if (await FindAsync(id, http, lot) is not { } ticket) return;
        var preference = Preference.Of(http.Request);
        if (preference.Wait is { } wait)
        {
            ticket = await watch.WaitAsync(id, t => t.Status.IsSettled(), wait, http.RequestAborted);
            http.Response.Headers["Preference-Applied"] = preference.Applied();
        }
        await WriteAsync(http, ticket, parked, StatusCodes.Status200OK);
    }

    private static async Task Result(string id, HttpContext http, ParkingLot lot, ParkedCall parked, DialectsByRoute dialects)
    {
        if (await FindAsync(id, http, lot) is { } ticket) await parked.ReplyAsync(http, ticket, dialects.For(ticket.Route));
    }

    private static async Task Cancel(string id, HttpContext http, ParkingLot lot, TicketWatch watch, ParkedCall parked)
    {
        if (await FindAsync(id, http, lot) is not { } ticket) return;
        await lot.CancelAsync(ticket, http.RequestAborted);
        // The reviewers' side decides who was first; its answer is usually here within milliseconds.
        ticket = await watch.WaitAsync(id, t => t.Status.IsDecided(), TimeSpan.FromSeconds(2), http.RequestAborted);
        var decidedOtherwise = ticket.Status.IsDecided() && ticket.Status != ApprovalStatus.Cancelled;
        await WriteAsync(http, ticket, parked, decidedOtherwise ? StatusCodes.Status409Conflict : StatusCodes.Status202Accepted);
    }

    private static async Task Answer(string id, CallerAnswer said, HttpContext http, ParkingLot lot, TicketWatch watch, ParkedCall parked)
    {
        if (await FindAsync(id, http, lot) is not { } ticket) return;
        var text = said.Answer?.Trim() ?? "";
        if (text.Length is 0 or > CallerAnswer.Longest)
        {
            await Replies.WriteErrorAsync(http, DialectsByRoute.OfErrors(http.Request), ApiError.Invalid($"The answer is a text of 1 to {CallerAnswer.Longest:N0} characters."));
            return;
        }
        var answered = await lot.AnswerAsync(ticket, text, http.RequestAborted);
        await WriteAsync(http, await watch.ReadAsync(ticket.Id, http.RequestAborted), parked, answered ? StatusCodes.Status200OK : StatusCodes.Status409Conflict);
    }

    private static async Task<Ticket?> FindAsync(string id, HttpContext http, ParkingLot lot)
    {
        var ticket = await lot.FindAsync(id, Caller.From(http).Subject, http.RequestAborted);
        if (ticket is not null && HttpMethods.IsGet(http.Request.Method)) await lot.PolledAsync(ticket, http.RequestAborted);
        if (ticket is null)
        {
            await Replies.WriteErrorAsync(http, DialectsByRoute.OfErrors(http.Request),
                new ApiError(StatusCodes.Status404NotFound, "approval_not_found", "There is no such ticket, or another caller opened it."));
        }
        return ticket;
    }

    private static async Task WriteAsync(HttpContext http, Ticket ticket, ParkedCall parked, int status)
    {
        Replies.WriteTicket(http.Response, ticket);
        http.Response.StatusCode = status;
        if (!ticket.Status.IsSettled()) http.Response.Headers.RetryAfter = "1";
        await parked.WriteViewAsync(http, ticket);
    }
}
