using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Gateway.Tests.Support;

/// <summary>Answers of an upstream: good, bad and broken.</summary>
internal static class Answers
{
    public static Answer Json(string body, int status = 200, params (string Name, string Value)[] headers) => Raw(Encoding.UTF8.GetBytes(body), "application/json", status, headers);

    public static Answer Raw(byte[] body, string? type, int status = 200, params (string Name, string Value)[] headers) => async (http, _) =>
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = type;
        http.Response.ContentLength = body.Length;
        foreach (var (name, value) in headers) http.Response.Headers[name] = value;
        await http.Response.Body.WriteAsync(body, http.RequestAborted);
    };

    /// <summary>Events as written, each flushed on its own.</summary>
    public static Answer Events(params string[] events) => async (http, _) => await PlayAsync(http, events);

    /// <summary>Some events, then the connection is cut: more was promised.</summary>
    public static Answer EventsThenCut(params string[] events) => async (http, _) =>
    {
        http.Response.ContentLength = events.Sum(Encoding.UTF8.GetByteCount) + 1000;
        await PlayAsync(http, events);
    };

    /// <summary>Some events, then nothing until the caller gives up.</summary>
    public static Answer EventsThenSilence(params string[] events) => async (http, _) =>
    {
        await PlayAsync(http, events);
        await UntilGivenUpAsync(http);
    };

    /// <summary>A plain answer that ends before the length it promised.</summary>
    public static Answer CutShort(string start) => async (http, _) =>
    {
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = start.Length + 1000;
        await http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(start), http.RequestAborted);
    };

    public static Answer Silence => (http, _) => UntilGivenUpAsync(http);

    /// <summary>The answer waits until the test opens the gate.</summary>
    public static Answer Behind(Task gate, Answer answer) => async (http, request) =>
    {
        await gate.WaitAsync(http.RequestAborted);
        await answer(http, request);
    };

    public static Answer Hangup => (http, _) =>
    {
        http.Abort();
        return Task.CompletedTask;
    };

    /// <summary>A chat completion that says this.</summary>
    public static Answer Chat(string words) => Json(ChatBody(words));

    public static string ChatBody(string words) => JsonSerializer.Serialize(new
    {
        id = "chatcmpl-1", @object = "chat.completion", created = 1_764_000_000, model = "m",
        choices = new[] { new { index = 0, message = new { role = "assistant", content = words }, finish_reason = "stop" } },
        usage = new { prompt_tokens = 11, completion_tokens = 7, total_tokens = 18 },
    }, Relaxed);

    public static string Data(object json) => $"data: {JsonSerializer.Serialize(json, Relaxed)}\n\n";

    public static string Event(string name, object json) => $"event: {name}\n{Data(json)}";

    public static string ChatChunk(object delta, string? finish = null) => Data(new
    {
        id = "chatcmpl-1", @object = "chat.completion.chunk", created = 1_764_000_000, model = "m",
        choices = new[] { new { index = 0, delta, finish_reason = finish } },
    });

    /// <summary>A streamed chat completion made of these pieces.</summary>
    public static string[] ChatStream(params string[] pieces) =>
        [ChatChunk(new { role = "assistant", content = "" }), .. pieces.Select(piece => ChatChunk(new { content = piece })), ChatChunk(new { }, "stop"), "data: [DONE]\n\n"];

    /// <summary>The JSON of each event of a stream, without comments and <c>[DONE]</c>.</summary>
    public static List<JsonNode> Parse(string stream) =>
        [.. stream.Split('\n').Where(line => line.StartsWith("data: ", StringComparison.Ordinal) && line != "data: [DONE]").Select(line => JsonNode.Parse(line[6..])!)];

    public static string ChatText(string stream) => string.Concat(Parse(stream).Select(e => e["choices"] is JsonArray { Count: > 0 } choices ? (string?)choices[0]!["delta"]?["content"] ?? "" : ""));

    public static readonly JsonSerializerOptions Relaxed = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static async Task PlayAsync(HttpContext http, string[] events)
    {
        http.Response.ContentType = "text/event-stream; charset=utf-8";
        foreach (var text in events)
        {
            await http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(text), http.RequestAborted);
            await http.Response.Body.FlushAsync(http.RequestAborted);
        }
    }

    private static async Task UntilGivenUpAsync(HttpContext http)
    {
        var gone = new TaskCompletionSource();
        await using var registration = http.RequestAborted.Register(gone.SetResult);
        await gone.Task;
    }
}
