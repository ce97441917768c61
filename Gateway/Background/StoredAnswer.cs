using System.Net.ServerSentEvents;
using System.Text.Json.Nodes;
using Contracts;
using Gateway.Dialects;
using Gateway.Parking;

namespace Gateway.Background;

/// <summary>What became of a run: the events the upstream sent on the way, and the response it ended with, or why there is none.</summary>
/// <param name="Events">Without those that begin and end a stream, which the gateway says itself.</param>
/// <param name="Response">Null when the run failed.</param>
internal sealed record StoredAnswer(IReadOnlyList<JsonObject> Events, JsonObject? Response, ApiError? Failure)
{
    private static readonly ApiError Unreadable = new(StatusCodes.Status502BadGateway, "answer_unreadable", "The upstream's answer is not a response of this API.");

    public static StoredAnswer Read(Ticket ticket, byte[] bytes)
    {
        var answer = ticket.ResultType!.StartsWith("text/event-stream", StringComparison.Ordinal) ? ReadEvents(ticket, bytes) : ReadWhole(ticket, bytes); // it has a result
        if (ticket.Status != ApprovalStatus.Failed) return answer;
        // A run that failed has no response, whatever the upstream said until then.
        return answer with { Response = null, Failure = answer.Failure is null || answer.Failure == Unreadable ? Failed(ticket, null) : answer.Failure };
    }

    private static StoredAnswer ReadWhole(Ticket ticket, byte[] bytes)
    {
        var json = ResponseJson.TryParse(bytes);
        return json?.ContainsKey("output") == true
            ? new(PlainEvents.Of(json), json, null)
            : new([], null, json?["error"] is JsonObject error ? Failed(ticket, error) : Unreadable);
    }

    private static StoredAnswer ReadEvents(Ticket ticket, byte[] bytes)
    {
        var events = new List<JsonObject>();
        using var stream = new MemoryStream(bytes);
        foreach (var item in SseParser.Create(stream).Enumerate())
        {
            if (ResponseJson.TryParse(item.Data) is not { } data) continue;
            switch (ResponseJson.Text(data["type"]))
            {
                case "response.created" or "response.queued" or "response.in_progress" or null:
                    break;
                case "response.completed" or "response.incomplete" or "response.failed" when data["response"] is JsonObject response:
                    return new(events, response, response["error"] is JsonObject error ? Failed(ticket, error) : null);
                case "error":
                    return new(events, null, Failed(ticket, data["error"] as JsonObject ?? data));
                default:
                    events.Add(data);
                    break;
            }
        }
        return new(events, null, Unreadable);
    }

    private static ApiError Failed(Ticket ticket, JsonObject? error) => new(
        ticket.ResultStatus ?? StatusCodes.Status502BadGateway,
        ResponseJson.Text(error?["code"]) ?? ResponseJson.Text(error?["type"]) ?? "upstream_failed",
        ResponseJson.Text(error?["message"]) ?? $"The upstream answered with status {ticket.ResultStatus}. GET /v1/approvals/{ticket.Id}/result has its body.");
}
