using System.Text.Json;
using System.Text.Json.Nodes;

namespace Gateway.Dialects;

/// <summary><c>/v1/responses</c>. Every event is numbered; an inserted one moves the numbers of those behind it.</summary>
internal sealed class OpenAIResponses : Dialect
{
    public override string Kind => "openai";

    public override byte[] Error(ApiError error) => OpenAIErrors.Body(error);

    public override string StreamRefusal(ApiError error, string model)
    {
        var failed = new
        {
            type = "response.failed", sequence_number = 0,
            response = new
            {
                id = "resp_" + error.Code, @object = "response", created_at = 0, status = "failed", model,
                error = new { code = error.Code, message = error.Message }, output = Array.Empty<object>(),
                parallel_tool_calls = true, tool_choice = "auto", tools = Array.Empty<object>(),
            },
        };
        return $"event: response.failed\ndata: {JsonSerializer.Serialize(failed)}\n\n";
    }

    public override string StreamError(ApiError error) => StreamRefusal(error, "");

    public override IEnumerable<TextDelta> Deltas(JsonObject data)
    {
        if (Text(data["type"]) is { } type && type.EndsWith(".delta", StringComparison.Ordinal) && Text(data["delta"]) is not null)
        {
            var group = $"{Text(data["item_id"])}.";
            var slot = $"{group}{Index(data["content_index"])}.{Index(data["summary_index"])}.{type[..^".delta".Length]}";
            yield return new(slot, group, data, "delta", IsJson: type.Contains("arguments", StringComparison.Ordinal));
        }
    }

    public override bool Closes(JsonObject data, string slot) =>
        Text(data["type"]) is { } type
        && (type is "response.completed" or "response.failed" or "response.incomplete" or "error"
            || (type.EndsWith(".done", StringComparison.Ordinal)
                && slot.StartsWith($"{Text(data["item_id"]) ?? Text(Member(data["item"], "id"))}.", StringComparison.Ordinal)));

    public override bool IsLast(string data, JsonObject? json) =>
        json is not null && Text(json["type"]) is "response.completed" or "response.failed" or "response.incomplete" or "error";

    public override bool IsComplete(JsonObject data) => false;

    public override void Note(JsonObject data, AnswerFacts facts)
    {
        var response = data["response"] as JsonObject ?? data; // inside an event, or the whole answer itself
        facts.NoteModel(response["model"]);
        if (response["usage"] is JsonObject usage) facts.NoteTokens(AnswerFacts.Count(usage["input_tokens"]), AnswerFacts.Count(usage["output_tokens"]));
        if (Text(response["status"]) is "completed" or "incomplete" or "failed" or "cancelled") facts.NoteReason(Member(response["incomplete_details"], "reason") ?? response["status"]);
        if (Text(data["type"]) is "response.failed" or "error" || response["error"] is not null) facts.NoteFailure();
    }

    public override void Strip(JsonObject copy) => copy.Remove("logprobs");

    public override long? Number(JsonObject data) => data["sequence_number"] is JsonValue number && number.TryGetValue<long>(out var value) ? value : null;

    public override void Renumber(JsonObject data, long number) => data["sequence_number"] = number;
}
