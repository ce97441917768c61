using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Gateway.Dialects;
using Gateway.Prompts;

namespace Gateway.Upstreams;

/// <summary>
/// A model for trying things out without an account: it answers every route with the last words of the user, word by
/// word when streamed. An <see cref="HttpMessageHandler"/>, so it is reached on the same path as any other upstream.
/// </summary>
internal sealed class EchoUpstream : HttpMessageHandler
{
    public const string ClientName = "echo";
    private const int EmbeddingSize = 8;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = JsonBody.Parse(await request.Content!.ReadAsByteArrayAsync(cancellationToken)); // the gateway always sends a body
        var words = body.Parts.LastOrDefault(p => p is { Role: "user", Kind: "text" })?.Text ?? "(nothing was said)";
        var model = body.Model ?? "echo";
        return request.RequestUri!.AbsolutePath switch
        {
            "/v1/chat/completions" => body.Streams ? Events(ChatEvents(model, words)) : Json(Chat(model, words)),
            "/v1/messages" => body.Streams ? Events(MessageEvents(model, words)) : Json(Message(model, [new { type = "text", text = words }], "end_turn")),
            "/v1/responses" => body.Streams ? Events(ResponseEvents(model, words)) : Json(Response(model, words, "completed")),
            "/v1/embeddings" => Json(Embeddings(model, body)),
            _ => Json(new { model, echo = words }),
        };
    }

    private static object Chat(string model, string words) => new
    {
        id = "chatcmpl-echo", @object = "chat.completion", created = 0, model,
        choices = new[] { new { index = 0, message = new { role = "assistant", content = words, refusal = (string?)null }, finish_reason = "stop", logprobs = (object?)null } },
        usage = new { prompt_tokens = Tokens(words), completion_tokens = Tokens(words), total_tokens = 2 * Tokens(words) },
    };

    private static IEnumerable<(string?, object)> ChatEvents(string model, string words)
    {
        object Chunk(object delta, string? finish) => new
        {
            id = "chatcmpl-echo", @object = "chat.completion.chunk", created = 0, model, choices = new[] { new { index = 0, delta, finish_reason = finish } },
        };
        yield return (null, Chunk(new { role = "assistant", content = "" }, null));
        foreach (var word in Words(words)) yield return (null, Chunk(new { content = word }, null));
        yield return (null, Chunk(new { }, "stop"));
        yield return (null, "[DONE]");
    }

    private static object Message(string model, object[] content, string? stop) => new
    {
        id = "msg_echo", type = "message", role = "assistant", model, content, stop_reason = stop, stop_sequence = (string?)null,
        usage = new { input_tokens = 1, output_tokens = 1 },
    };

    private static IEnumerable<(string?, object)> MessageEvents(string model, string words)
    {
        yield return ("message_start", new { type = "message_start", message = Message(model, [], null) });
        yield return ("content_block_start", new { type = "content_block_start", index = 0, content_block = new { type = "text", text = "" } });
        foreach (var word in Words(words))
            yield return ("content_block_delta", new { type = "content_block_delta", index = 0, delta = new { type = "text_delta", text = word } });
        yield return ("content_block_stop", new { type = "content_block_stop", index = 0 });
        yield return ("message_delta", new { type = "message_delta", delta = new { stop_reason = "end_turn", stop_sequence = (string?)null }, usage = new { output_tokens = Tokens(words) } });
        yield return ("message_stop", new { type = "message_stop" });
    }

    private static object Output(string words, string status) => new
    {
        id = "msg_echo", type = "message", role = "assistant", status, content = new[] { new { type = "output_text", text = words, annotations = Array.Empty<object>() } },
    };

    private static object Response(string model, string words, string status) => new
    {
        id = "resp_echo", @object = "response", created_at = 0, status, model, output = status == "completed" ? new[] { Output(words, status) } : [],
        parallel_tool_calls = true, tool_choice = "auto", tools = Array.Empty<object>(), error = (object?)null, incomplete_details = (object?)null,
        usage = new { input_tokens = 1, input_tokens_details = new { cached_tokens = 0 }, output_tokens = Tokens(words), output_tokens_details = new { reasoning_tokens = 0 }, total_tokens = 1 + Tokens(words) },
    };

    private static IEnumerable<(string?, object)> ResponseEvents(string model, string words)
    {
        var n = 0;
        yield return ("response.created", new { type = "response.created", sequence_number = n++, response = Response(model, words, "in_progress") });
        yield return ("response.output_item.added", new
        {
            type = "response.output_item.added", sequence_number = n++, output_index = 0,
            item = new { id = "msg_echo", type = "message", role = "assistant", status = "in_progress", content = Array.Empty<object>() },
        });
        yield return ("response.content_part.added", new
        {
            type = "response.content_part.added", sequence_number = n++, item_id = "msg_echo", output_index = 0, content_index = 0,
            part = new { type = "output_text", text = "", annotations = Array.Empty<object>() },
        });
        foreach (var word in Words(words))
            yield return ("response.output_text.delta", new { type = "response.output_text.delta", sequence_number = n++, item_id = "msg_echo", output_index = 0, content_index = 0, delta = word });
        yield return ("response.output_text.done", new { type = "response.output_text.done", sequence_number = n++, item_id = "msg_echo", output_index = 0, content_index = 0, text = words });
        yield return ("response.output_item.done", new { type = "response.output_item.done", sequence_number = n++, output_index = 0, item = Output(words, "completed") });
        yield return ("response.completed", new { type = "response.completed", sequence_number = n++, response = Response(model, words, "completed") });
    }

    private static object Embeddings(string model, JsonBody body)
    {
        var asBase64 = System.Text.Json.Nodes.JsonNode.Parse(body.Bytes.Span)?["encoding_format"]?.GetValue<string>() == "base64";
        var inputs = body.Parts.Where(p => p.Path == "/input" || p.Path.StartsWith("/input/", StringComparison.Ordinal)).ToList();
        return new
        {
            @object = "list", model, usage = new { prompt_tokens = inputs.Count, total_tokens = inputs.Count },
            data = inputs.Select((part, index) => new { @object = "embedding", index, embedding = asBase64 ? (object)Convert.ToBase64String(System.Runtime.InteropServices.MemoryMarshal.AsBytes(Vector(part.Text).AsSpan())) : Vector(part.Text) }),
        };
    }

    /// <summary>The same text gives the same direction; that is all it promises.</summary>
    private static float[] Vector(string text)
    {
        var hash = System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(text));
        return [.. hash.Take(EmbeddingSize).Select(b => (b / 127.5f) - 1)];
    }

    private static int Tokens(string words) => Words(words).Count();

    private static IEnumerable<string> Words(string text)
    {
        for (var start = 0; start < text.Length;)
        {
            var space = text.IndexOf(' ', start);
            var end = space < 0 ? text.Length : space + 1;
            yield return text[start..end];
            start = end;
        }
    }

    private static HttpResponseMessage Json(object body) => Answer(JsonSerializer.Serialize(body), "application/json");

    private static HttpResponseMessage Events(IEnumerable<(string? Name, object Data)> events)
    {
        var text = new StringBuilder();
        foreach (var (name, data) in events)
        {
            if (name is not null) text.Append("event: ").Append(name).Append('\n');
            text.Append("data: ").Append(data as string ?? JsonSerializer.Serialize(data)).Append("\n\n");
        }
        return Answer(text.ToString(), "text/event-stream");
    }

    private static HttpResponseMessage Answer(string text, string type) => new(HttpStatusCode.OK)
    {
        Content = new StringContent(text, Encoding.UTF8, new MediaTypeHeaderValue(type)),
    };
}
