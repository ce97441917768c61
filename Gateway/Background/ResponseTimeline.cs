using System.Text.Json.Nodes;
using Contracts;
using Gateway.Dialects;
using Gateway.Parking;
using Gateway.Waiting;

namespace Gateway.Background;

/// <summary>
/// A background ticket in the provider's words: the Response as it is now, and every event that led to it. Made anew from
/// what is stored, so the same event has the same number whoever asks and whenever; what is known early only grows.
/// </summary>
internal sealed class ResponseTimeline
{
    /// <summary>Properties a Response repeats from its request. Not <c>tools</c>: they may hold credentials.</summary>
    private static readonly string[] Repeated =
        ["instructions", "max_output_tokens", "metadata", "parallel_tool_calls", "previous_response_id", "reasoning", "store", "temperature", "text", "tool_choice", "top_p", "truncation", "user"];

    private readonly List<JsonObject> events = [];

    private ResponseTimeline(JsonObject response) => Response = response;

    /// <summary>What <c>GET</c> shows.</summary>
    public JsonObject Response { get; private set; }

    /// <summary>Each with its place as <c>sequence_number</c>.</summary>
    public IReadOnlyList<JsonObject> Events => events;

    /// <param name="asked">The request.</param>
    /// <param name="refusal">Why there is no answer and will be none.</param>
    /// <param name="answer">What became of the run, once there is one.</param>
    public static ResponseTimeline Of(Ticket ticket, JsonObject asked, ApiError? refusal, StoredAnswer? answer)
    {
        var timeline = new ResponseTimeline(Shell(ticket, asked));
        timeline.Tell("response.created");
        timeline.Tell("response.queued");
        if (refusal is not null)
        {
            timeline.Fail(refusal, ticket.Status == ApprovalStatus.Cancelled ? "cancelled" : "failed");
        }
        else if (IsUnderWay(ticket))
        {
            timeline.Response["status"] = "in_progress";
            timeline.Tell("response.in_progress");
            if (answer is not null) timeline.End(answer);
        }
        return timeline;
    }

    /// <summary>Somebody took it to the model, or at least began to; until then it is queued, released or not.</summary>
    public static bool IsUnderWay(Ticket ticket) => ticket.Attempts > 0;

    private void End(StoredAnswer answer)
    {
        foreach (var step in answer.Events) Add(step);
        if (answer.Response is null)
        {
            Fail(answer.Failure!, answer.Failure!.Code == Release.Cancelled.Code ? "cancelled" : "failed"); // one of the two is there
            return;
        }
        // Id and time are those the caller has known from the start.
        var last = answer.Response.DeepClone().AsObject();
        foreach (var name in new[] { "id", "created_at", "background" }) last[name] = Response[name]!.DeepClone();
        var end = ResponseJson.Text(last["status"]) is "incomplete" or "failed" or "cancelled" ? ResponseJson.Text(last["status"]) : "completed"; // a run that is over is not under way
        last["status"] = end;
        Response = last;
        Tell(end == "cancelled" ? "response.failed" : $"response.{end}");
    }

    /// <summary>There is no event of its own for a cancelled response: it failed, and its status says how.</summary>
    private void Fail(ApiError error, string status)
    {
        Response["status"] = status;
        Response["error"] = new JsonObject { ["code"] = error.Code, ["message"] = error.Message };
        Tell("response.failed");
    }

    private void Tell(string type) => Add(new JsonObject { ["type"] = type, ["response"] = Response.DeepClone() });

    private void Add(JsonObject data)
    {
        data["sequence_number"] = events.Count;
        events.Add(data);
    }

    /// <summary>Complete enough for every client to read; an answer takes its place.</summary>
    private static JsonObject Shell(Ticket ticket, JsonObject asked)
    {
        var shell = new JsonObject
        {
            ["id"] = ResponseId.Of(ticket), ["object"] = "response", ["created_at"] = ticket.ParkedAt.ToUnixTimeSeconds(), ["status"] = "queued", ["background"] = true,
            ["model"] = ticket.Model, ["error"] = null, ["incomplete_details"] = null, ["instructions"] = null, ["max_output_tokens"] = null, ["metadata"] = new JsonObject(),
            ["output"] = new JsonArray(), ["parallel_tool_calls"] = true, ["previous_response_id"] = null, ["temperature"] = null, ["tool_choice"] = "auto", ["tools"] = new JsonArray(),
            ["top_p"] = null, ["usage"] = null,
        };
        foreach (var name in Repeated)
        {
            if (asked[name] is { } value) shell[name] = value.DeepClone();
        }
        return shell;
    }
}
