using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.Prompts;
using Gateway.Upstreams;

namespace Gateway.Background;

/// <summary>Reads what is stored and writes what is sent, so that text comes out as it went in.</summary>
internal static class ResponseJson
{
    private static readonly JsonDocumentOptions Reading = new() { MaxDepth = JsonBody.MaxDepth, AllowDuplicateProperties = false };

    /// <summary>An answer stands one level deeper in an event than by itself.</summary>
    private static readonly JsonSerializerOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = JsonBody.MaxDepth + 2 };

    /// <returns>Null for anything but one JSON object.</returns>
    public static JsonObject? TryParse(string text)
    {
        try
        {
            return JsonNode.Parse(Surrogates.Mend(text), documentOptions: Reading) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static JsonObject? TryParse(byte[] bytes) => TryParse(Encoding.UTF8.GetString(bytes));

    public static byte[] Bytes(JsonObject json) => Encoding.UTF8.GetBytes(json.ToJsonString(Writing));

    /// <summary>No <c>id:</c> and no <c>retry:</c>: openai-python raises on them.</summary>
    public static byte[] Event(JsonObject data) => Encoding.UTF8.GetBytes($"event: {Text(data["type"])}\ndata: {data.ToJsonString(Writing)}\n\n");

    public static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
