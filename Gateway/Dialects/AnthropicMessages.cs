using System.Text.Json;
using System.Text.Json.Nodes;

namespace Gateway.Dialects;

/// <summary><c>/v1/messages</c>.</summary>
internal sealed class AnthropicMessages : Dialect
{
    private static readonly Dictionary<string, string> DeltaProperties = new()
    {
        ["text_delta"] = "text", ["input_json_delta"] = "partial_json", ["thinking_delta"] = "thinking",
    };

    public override string Kind => "anthropic";

    public override byte[] Error(ApiError error) => JsonSerializer.SerializeToUtf8Bytes(Envelope(error));

    public override string StreamRefusal(ApiError error, string model) =>
        $"event: error\ndata: {JsonSerializer.Serialize(Envelope(error))}\n\n";

    public override string StreamError(ApiError error) => StreamRefusal(error, "");

    public override string KeepAlive(string note) => $": {note}\nevent: ping\ndata: {{\"type\": \"ping\"}}\n\n";

    public override IEnumerable<TextDelta> Deltas(JsonObject data)
    {
        if (Text(data["type"]) != "content_block_delta" || data["delta"] is not JsonObject delta) yield break;
        if (Text(delta["type"]) is { } type && DeltaProperties.TryGetValue(type, out var property) && Text(delta[property]) is not null)
        {
            var group = $"{Index(data["index"])}.";
            yield return new(group + property, group, delta, property, IsJson: property == "partial_json");
        }
    }

    public override bool Closes(JsonObject data, string slot) =>
        Text(data["type"]) switch
        {
            "content_block_stop" => slot.StartsWith($"{Index(data["index"])}.", StringComparison.Ordinal),
            "message_delta" or "message_stop" or "error" => true,
            _ => false,
        };

    public override bool IsLast(string data, JsonObject? json) => json is not null && Text(json["type"]) is "message_stop" or "error";

    public override bool IsComplete(JsonObject data) => Text(Member(data["delta"], "stop_reason")) is not null;

    public override void Note(JsonObject data, AnswerFacts facts)
    {
        var message = data["message"] as JsonObject ?? data; // inside the first event, or the whole answer itself
        facts.NoteModel(message["model"]);
        if (message["usage"] is JsonObject usage) facts.NoteTokens(InputTokens(usage), AnswerFacts.Count(usage["output_tokens"]));
        facts.NoteReason(Member(data["delta"], "stop_reason") ?? message["stop_reason"]);
        if (Text(data["type"]) == "error") facts.NoteFailure();
    }

    /// <summary>This provider counts what its cache served apart; the convention wants the sum.</summary>
    private static long? InputTokens(JsonObject usage) => AnswerFacts.Count(usage["input_tokens"]) is { } plain
        ? plain + (AnswerFacts.Count(usage["cache_read_input_tokens"]) ?? 0) + (AnswerFacts.Count(usage["cache_creation_input_tokens"]) ?? 0)
        : null;

    private static object Envelope(ApiError error) =>
        new { type = "error", error = new { type = Type(error.Status), message = error.Message, code = error.Code } };

    private static string Type(int status) => status switch
    {
        401 => "authentication_error",
        403 => "permission_error",
        404 => "not_found_error",
        408 or 504 => "timeout_error",
        413 => "request_too_large",
        429 => "rate_limit_error",
        >= 500 => "api_error",
        _ => "invalid_request_error",
    };
}
