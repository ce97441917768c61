using System.Globalization;
using Gateway.Dialects;
using Gateway.Identity;
using Gateway.Parking;
using Gateway.Waiting;

namespace Gateway.Background;

/// <summary>Polling, resuming and cancelling in the provider's own routes. Only the caller that opened a response learns that it exists.</summary>
internal static class ResponsesApi
{
    private static readonly OpenAIResponses Dialect = new();

    public static IEndpointRouteBuilder MapResponses(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/v1/responses/{id}").RequireAuthorization(IdentityExtensions.CallerPolicy).WithTags("Background responses").AddEndpointFilter<NothingLeaves>();
        group.MapGet("", Get).WithName("GetResponse").Produces(200).Produces(400).Produces(404)
            .WithSummary("A background response as it is now; its events from 'starting_after' on with 'stream=true'; long-polls with 'Prefer: wait=N'.");
        group.MapPost("/cancel", Cancel).WithName("CancelResponse").Produces(200).Produces(404)
            .WithSummary("Takes a background response back; replies with what it is then.");
        return app;
    }

    private static Task Get(string id, HttpContext http, BackgroundCall calls, ParkingLot lot) => AnswerAsync(id, http, lot, async ticket =>
    {
        if (http.Request.Query["stream"] != "true") await calls.ReplyAsync(http, ticket);
        else if (TryReadAfter(http.Request, out var after)) await calls.StreamAsync(http, ticket, after);
        else await Replies.WriteErrorAsync(http, Dialect, ApiError.Invalid("'starting_after' is the sequence_number of an event: a whole number, 0 or more.", "invalid_parameter"));
    });

    private static Task Cancel(string id, HttpContext http, BackgroundCall calls, ParkingLot lot) =>
        AnswerAsync(id, http, lot, ticket => calls.CancelAsync(http, ticket));

    private static async Task AnswerAsync(string id, HttpContext http, ParkingLot lot, Func<Ticket, Task> answer)
    {
        try
        {
            if (ResponseId.TryTicketId(id, out var ticketId) && await lot.FindAsync(ticketId, Caller.From(http).Subject, http.RequestAborted) is { Background: true } ticket) await answer(ticket);
            else await Replies.WriteErrorAsync(http, Dialect, new ApiError(StatusCodes.Status404NotFound, "response_not_found", "There is no such background response, or another caller opened it."));
        }
        catch (Exception fault) when (fault is OperationCanceledException or IOException && http.RequestAborted.IsCancellationRequested)
        {
            // The caller hung up; the response goes on and can be asked for again.
        }
    }

    private static bool TryReadAfter(HttpRequest request, out int after)
    {
        after = -1;
        return !request.Query.TryGetValue("starting_after", out var said) || int.TryParse(said, NumberStyles.None, CultureInfo.InvariantCulture, out after);
    }
}
