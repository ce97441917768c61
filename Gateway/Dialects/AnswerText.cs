using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Gateway.Dialects;

/// <summary>Which strings of an answer are text for a reader, and which keep the protocol together.</summary>
internal static class AnswerText
{
    /// <summary>Ids, kinds, states, and bytes that are signed or encrypted: changing one would break the client or the next turn.</summary>
    private static readonly FrozenSet<string> Structural = new[]
    {
        "id", "object", "type", "model", "role", "finish_reason", "stop_reason", "status", "signature", "encrypted_content",
        "system_fingerprint", "service_tier", "call_id", "tool_call_id", "tool_use_id", "item_id", "response_id", "previous_response_id",
        "obfuscation", "index", "created_at", "provider", "done_reason", "native_finish_reason",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly FrozenSet<string> JsonSource = new[] { "arguments", "partial_json" }.ToFrozenSet(StringComparer.Ordinal);

    public static bool IsStructural(string property) => Structural.Contains(property);

    /// <summary>The string under this property is JSON source.</summary>
    public static bool IsJson(string property) => JsonSource.Contains(property);

    /// <summary>Every complete text in the tree, for rewriting in place; <paramref name="skip"/> are those that are pieces.</summary>
    public static void Rewrite(JsonNode? node, Func<string, bool, string> rewrite, IReadOnlySet<(JsonObject, string)> skip)
    {
        if (node is JsonArray array)
        {
            for (var i = 0; i < array.Count; i++)
            {
                if (array[i] is JsonValue value && value.TryGetValue<string>(out var text)) Set(rewrite(text, false), text, rewritten => array[i] = rewritten);
                else Rewrite(array[i], rewrite, skip);
            }
        }
        else if (node is JsonObject owner)
        {
            foreach (var name in owner.Select(p => p.Key).ToList())
            {
                if (owner[name] is JsonValue value && value.TryGetValue<string>(out var text))
                {
                    if (IsStructural(name) || skip.Contains((owner, name))) continue;
                    Set(rewrite(text, IsJson(name)), text, rewritten => owner[name] = rewritten);
                }
                else Rewrite(owner[name], rewrite, skip);
            }
        }
    }

    /// <summary>Token probabilities spell the text out once more, byte by byte; where text was changed they go.</summary>
    public static void RemoveLogprobs(JsonNode? node)
    {
        if (node is JsonArray array)
        {
            foreach (var item in array) RemoveLogprobs(item);
        }
        else if (node is JsonObject owner)
        {
            // Responses clients want an array there, chat clients an object or nothing.
            if (owner.TryGetPropertyValue("logprobs", out var was)) owner["logprobs"] = was is JsonArray ? new JsonArray() : null;
            foreach (var (_, value) in owner) RemoveLogprobs(value);
        }
    }

    public static ReadOnlyMemory<byte> WithoutLogprobs(ReadOnlyMemory<byte> answer)
    {
        if (answer.Span.IndexOf("\"logprobs\""u8) < 0) return answer;
        var node = JsonNode.Parse(answer.Span, documentOptions: new() { MaxDepth = Prompts.JsonBody.MaxDepth });
        RemoveLogprobs(node);
        return System.Text.Encoding.UTF8.GetBytes(node!.ToJsonString(Relaxed)); // an object: it holds the property
    }

    private static void Set(string rewritten, string text, Action<string> assign)
    {
        if (!ReferenceEquals(rewritten, text) && rewritten != text) assign(rewritten);
    }
}
