using System.Text.Json.Nodes;

namespace Gateway.Background;

/// <summary>
/// The events a streamed run would have had, for one that was not streamed: each text and each tool call in one piece, so
/// that a client which reads only deltas misses nothing.
/// </summary>
internal static class PlainEvents
{
    public static IReadOnlyList<JsonObject> Of(JsonObject response)
    {
        var events = new List<JsonObject>();
        var items = response["output"] as JsonArray ?? [];
        for (var i = 0; i < items.Count; i++)
        {
            if (items[i] is JsonObject item) events.AddRange(OfItem(item, i));
        }
        return events;
    }

    private static IEnumerable<JsonObject> OfItem(JsonObject item, int index)
    {
        var begun = item.DeepClone().AsObject();
        if (begun.ContainsKey("status")) begun["status"] = "in_progress";
        if (begun.ContainsKey("content")) begun["content"] = new JsonArray();
        if (begun.ContainsKey("arguments")) begun["arguments"] = "";
        yield return new JsonObject { ["type"] = "response.output_item.added", ["output_index"] = index, ["item"] = begun };

        var steps = OfParts(item["content"] as JsonArray ?? []).Concat(OfArguments(item));
        foreach (var step in steps)
        {
            (step["item_id"], step["output_index"]) = (item["id"]?.DeepClone(), index);
            yield return step;
        }

        yield return new JsonObject { ["type"] = "response.output_item.done", ["output_index"] = index, ["item"] = item.DeepClone() };
    }

    private static IEnumerable<JsonObject> OfArguments(JsonObject item)
    {
        var type = ResponseJson.Text(item["type"]);
        if (type is not ("function_call" or "mcp_call") || ResponseJson.Text(item["arguments"]) is not { } arguments) yield break;
        yield return new JsonObject { ["type"] = $"response.{type}_arguments.delta", ["delta"] = arguments };
        yield return new JsonObject { ["type"] = $"response.{type}_arguments.done", ["arguments"] = arguments };
    }

    private static IEnumerable<JsonObject> OfParts(JsonArray parts)
    {
        for (var i = 0; i < parts.Count; i++)
        {
            if (parts[i] is not JsonObject part) continue;
            foreach (var step in OfPart(part))
            {
                step["content_index"] = i;
                yield return step;
            }
        }
    }

    private static IEnumerable<JsonObject> OfPart(JsonObject part)
    {
        var (type, property) = ResponseJson.Text(part["type"]) switch { "output_text" => ("output_text", "text"), "refusal" => ("refusal", "refusal"), _ => ("", "") };
        var text = ResponseJson.Text(part[property]);

        var begun = part.DeepClone().AsObject();
        if (text is not null) begun[property] = "";
        yield return new JsonObject { ["type"] = "response.content_part.added", ["part"] = begun };
        if (text is not null)
        {
            yield return new JsonObject { ["type"] = $"response.{type}.delta", ["delta"] = text, ["logprobs"] = new JsonArray() };
            yield return new JsonObject { ["type"] = $"response.{type}.done", [property] = text, ["logprobs"] = new JsonArray() };
        }
        yield return new JsonObject { ["type"] = "response.content_part.done", ["part"] = part.DeepClone() };
    }
}
