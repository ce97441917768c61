using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Contracts;
using Gateway.Dialects;
using Gateway.Prompts;
using Gateway.Upstreams;

namespace Gateway.Inspection;

/// <summary>What a whole answer says: its texts, put together where they came in pieces, and the tools it wants called.</summary>
internal sealed record AnswerReading(IReadOnlyList<PromptPart> Parts, IReadOnlyList<string> ToolCalls)
{
    /// <summary>Before the place of a text, so that it is told from the prompt's.</summary>
    public const string Place = "answer:";

    private const int MostTools = 200;
    private static readonly HashSet<string> ToolKinds = new(["tool_use", "server_tool_use", "mcp_tool_use", "function_call", "custom_tool_call", "mcp_call"], StringComparer.Ordinal);

    public static AnswerReading Of(HeldAnswer answer, Dialect dialect) =>
        answer.ContentType.StartsWith("text/event-stream", StringComparison.OrdinalIgnoreCase) ? OfStream(answer.Body, dialect) : OfWhole(answer.Body);

    private static AnswerReading OfWhole(byte[] body)
    {
        var tools = new List<string>();
        try
        {
            var parts = JsonBody.Parse(body, json => AddTools(json, tools)).Parts.Where(part => !AnswerText.IsStructural(NameOf(part.Path)))
                .Select(part => part with { Path = Place + part.Path, Role = "assistant", Kind = part.Kind == "number" ? part.Kind : AnswerText.IsJson(NameOf(part.Path)) ? "tool call" : "text" });
            return new AnswerReading([.. parts], tools);
        }
        catch (UnreadableBodyException)
        {
            return new AnswerReading([new PromptPart(Place, "assistant", "text", Encoding.UTF8.GetString(body))], tools);
        }
    }

    private static AnswerReading OfStream(byte[] body, Dialect dialect)
    {
        var texts = new Dictionary<string, (StringBuilder Text, bool IsJson)>(StringComparer.Ordinal);
        var tools = new List<string>();
        var others = new List<string>();
        foreach (var item in SseParser.Create(new MemoryStream(body), (_, bytes) => Encoding.UTF8.GetString(bytes)).Enumerate())
        {
            if (TryParse(item.Data) is not { } json)
            {
                if (item.Data != "[DONE]") others.Add(item.Data);
                continue;
            }
            AddTools(json, tools);
            var deltas = dialect.Deltas(json).ToList();
            foreach (var delta in deltas)
            {
                if (!texts.TryGetValue(delta.Slot, out var grown)) texts[delta.Slot] = grown = (new StringBuilder(), delta.IsJson);
                grown.Text.Append(delta.Owner[delta.Property]!.GetValue<string>()); // the dialect saw a string there
            }
            AnswerText.Rewrite(json, (text, _) =>
            {
                if (text.Length > 0) others.Add(text);
                return text;
            }, deltas.Select(delta => (delta.Owner, delta.Property)).ToHashSet());
        }
        var grownTexts = texts.Select(text => new PromptPart($"{Place}/{text.Key}", "assistant", text.Value.IsJson ? "tool call" : "text", text.Value.Text.ToString())).ToList();
        // Some providers say a text once more when it is complete.
        var known = grownTexts.Select(part => part.Text).ToHashSet(StringComparer.Ordinal);
        grownTexts.AddRange(others.Where(known.Add).Select((text, i) => new PromptPart($"{Place}/events/{i}", "assistant", "text", text)));
        return new AnswerReading(grownTexts, tools);
    }

    /// <summary>A tool call names its tool in <c>function.name</c>, or in <c>name</c> beside a type that is one.</summary>
    private static void AddTools(JsonNode? node, List<string> tools)
    {
        if (node is JsonArray array)
        {
            foreach (var item in array) AddTools(item, tools);
        }
        else if (node is JsonObject owner)
        {
            var name = owner["function"] is JsonObject function ? Text(function["name"]) : Text(owner["type"]) is { } type && ToolKinds.Contains(type) ? Text(owner["name"]) : null;
            if (name is { Length: > 0 and <= 300 } && tools.Count < MostTools && !tools.Contains(name)) tools.Add(name);
            foreach (var (_, value) in owner) AddTools(value, tools);
        }
    }

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static string NameOf(string path) => path[(path.LastIndexOf('/') + 1)..];

    private static JsonObject? TryParse(string data)
    {
        if (!data.AsSpan().TrimStart(" \t\r\n").StartsWith('{')) return null; // "[DONE]" ends most streams, and an exception costs more than the rest of it
        try
        {
            return JsonNode.Parse(Surrogates.Mend(data), documentOptions: new JsonDocumentOptions { MaxDepth = JsonBody.MaxDepth, AllowDuplicateProperties = false }) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
