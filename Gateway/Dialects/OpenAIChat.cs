using System.Text.Json;
using System.Text.Json.Nodes;

namespace Gateway.Dialects;

/// <summary><c>/v1/chat/completions</c>. No <c>id:</c>, <c>retry:</c> or named events: openai-python raises on them.</summary>
internal sealed class OpenAIChat : Dialect
{
    /// <summary>Where this provider and its relatives put text in a delta.</summary>
    private static readonly string[] TextProperties = ["content", "reasoning_content", "reasoning", "refusal"];

    public override string Kind => "openai";

    public override byte[] Error(ApiError error) => OpenAIErrors.Body(error);

    public override string StreamRefusal(ApiError error, string model)
    {
        var id = "chatcmpl-" + error.Code;
        string Chunk(object delta, string? finish) => "data: " + JsonSerializer.Serialize(new
        {
            id, @object = "chat.completion.chunk", created = 0, model,
            choices = new[] { new { index = 0, delta, finish_reason = finish } },
        }) + "\n\n";
        return Chunk(new { role = "assistant", refusal = error.Message }, null) + Chunk(new { }, "content_filter") + "data: [DONE]\n\n";
    }

    public override IEnumerable<TextDelta> Deltas(JsonObject data)
    {
        foreach (var choice in data["choices"] as JsonArray ?? [])
        {
            if (choice is not JsonObject || choice["delta"] is not JsonObject delta) continue;
            var group = $"{Index(choice["index"])}.";
            foreach (var property in TextProperties)
            {
                if (Text(delta[property]) is not null) yield return new(group + property, group, delta, property, IsJson: false);
            }
            foreach (var call in delta["tool_calls"] as JsonArray ?? [])
            {
                if (call?["function"] is JsonObject function && Text(function["arguments"]) is not null)
                    yield return new($"{group}tool{Index(call["index"])}", group, function, "arguments", IsJson: true);
            }
        }
    }

    public override bool Closes(JsonObject data, string slot)
    {
        foreach (var choice in data["choices"] as JsonArray ?? [])
        {
            if (choice is JsonObject && Text(choice["finish_reason"]) is not null && slot.StartsWith($"{Index(choice["index"])}.", StringComparison.Ordinal)) return true;
        }
        return false;
    }

    public override bool IsLast(string data, JsonObject? json) => data == "[DONE]";

    public override void Strip(JsonObject copy)
    {
        copy.Remove("usage");
        foreach (var choice in copy["choices"] as JsonArray ?? [])
        {
            if (choice is not JsonObject owner) continue;
            owner.Remove("logprobs");
            if (owner["delta"] is not JsonObject delta) continue;
            delta.Remove("role");
            foreach (var call in delta["tool_calls"] as JsonArray ?? [])
            {
                (call as JsonObject)?.Remove("id");
                (call?["function"] as JsonObject)?.Remove("name");
            }
        }
    }
}
