using System.Text.Json;
using System.Text.Json.Nodes;

namespace Gateway.Dialects;

/// <summary><c>/v1/chat/completions</c>. No <c>id:</c>, <c>retry:</c> or named events: openai-python raises on them.</summary>
internal sealed class OpenAIChat : Dialect
{
    /// <summary>Where this provider and its relatives put text in a delta.</summary>
    private static readonly HashSet<string> TextProperties = new(StringComparer.Ordinal) { "content", "reasoning_content", "reasoning", "refusal", "text", "thinking", "summary", "transcript" };

    public override string Kind => "openai";

    public override byte[] Error(ApiError error) => OpenAIErrors.Body(error);

    public override string StreamRefusal(ApiError error, string model) =>
        Event(Chunk(error, model, new { role = "assistant", refusal = error.Message }, null)) + Event(Chunk(error, model, new { }, "content_filter")) + "data: [DONE]\n\n";

    /// <summary>
    /// One event in both forms: most clients raise what they find under <c>error</c>; OpenAI's .NET client never looks there,
    /// and would take the end of the stream for the end of an answer if there were no refusal to show.
    /// </summary>
    public override string StreamError(ApiError error)
    {
        var both = Chunk(error, "", new { refusal = error.Message }, "content_filter");
        both["error"] = JsonNode.Parse(Error(error))!["error"]!.DeepClone();
        return Event(both);
    }

    private static JsonObject Chunk(ApiError error, string model, object delta, string? finish) => JsonSerializer.SerializeToNode(new
    {
        id = "chatcmpl-" + error.Code, @object = "chat.completion.chunk", created = 0, model, choices = new[] { new { index = 0, delta, finish_reason = finish } },
    })!.AsObject();

    private static string Event(JsonObject chunk) => $"data: {chunk.ToJsonString()}\n\n";

    public override IEnumerable<TextDelta> Deltas(JsonObject data)
    {
        foreach (var (choice, index) in Items(data["choices"]))
        {
            if (choice["delta"] is not JsonObject delta) continue;
            foreach (var text in Texts(delta, $"{index}.", "")) yield return text;
        }
    }

    /// <summary>Texts may stand in parts (<c>content: [{text}]</c>) and in tool calls, old style and new.</summary>
    private static IEnumerable<TextDelta> Texts(JsonObject owner, string group, string path)
    {
        foreach (var (name, node) in owner)
        {
            if (Text(node) is not null && (AnswerText.IsJson(name) || TextProperties.Contains(name)))
                yield return new($"{group}{path}{name}", group, owner, name, AnswerText.IsJson(name));
            else if (node is JsonObject child)
                foreach (var text in Texts(child, group, $"{path}{name}/")) yield return text;
            else
                foreach (var text in Items(node).SelectMany(item => Texts(item.Item, group, $"{path}{name}/{item.Index}/"))) yield return text;
        }
    }

    public override bool Closes(JsonObject data, string slot)
    {
        foreach (var (choice, index) in Items(data["choices"]))
        {
            if (Text(choice["finish_reason"]) is not null && slot.StartsWith($"{index}.", StringComparison.Ordinal)) return true;
        }
        return false;
    }

    public override bool IsLast(string data, JsonObject? json) => data == "[DONE]";

    public override bool IsComplete(JsonObject data) => Items(data["choices"]).Any(choice => Text(choice.Item["finish_reason"]) is not null) || data["error"] is not null;

    public override void Strip(JsonObject copy)
    {
        copy.Remove("usage");
        foreach (var (choice, _) in Items(copy["choices"]))
        {
            choice.Remove("logprobs");
            if (choice["delta"] is not JsonObject delta) continue;
            delta.Remove("role");
            (delta["function_call"] as JsonObject)?.Remove("name");
            foreach (var (call, _) in Items(delta["tool_calls"]))
            {
                call.Remove("id");
                (call["function"] as JsonObject)?.Remove("name");
            }
        }
    }
}
