#pragma warning disable OPENAI001 // The Responses client is marked as one that may still change; this version is pinned.
using System.ClientModel;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Anthropic;
using Anthropic.Exceptions;
using Anthropic.Models.Messages;
using Contracts;
using OpenAI;
using OpenAI.Chat;
using OpenAI.Responses;

namespace WholePath.Matrix;

/// <summary>
/// The .NET clients, doing what <c>Node/clients.mjs</c> does with the TypeScript ones. Every call gets a client of its own
/// with the vendor's defaults; only base URL, key and, where asked, the time-out are set.
/// </summary>
internal static class DotNetClients
{
    private const string Tool = "book_table";
    private const string Purpose = "Book a table.";
    private static readonly JsonElement Properties = JsonSerializer.Deserialize<JsonElement>("""{"city":{"type":"string"},"note":{"type":"string"},"guests":{"type":"integer"}}""");

    public static async Task<int> RunAsync(TextReader input, TextWriter output)
    {
        var replies = TextWriter.Synchronized(output);
        var running = new List<Task>();
        while (await input.ReadLineAsync() is { } line)
        {
            var call = JsonSerializer.Deserialize<ClientCall>(line, JsonWire.Options)!; // the test wrote it
            running.Add(Task.Run(async () => replies.WriteLine(JsonSerializer.Serialize(await ReplyAsync(call), JsonWire.Options))));
        }
        await Task.WhenAll(running);
        return 0;
    }

    private static async Task<ClientReply> ReplyAsync(ClientCall call)
    {
        try
        {
            return call switch
            {
                { Client: "anthropic-net", Stream: true } => await StreamMessageAsync(call),
                { Client: "anthropic-net" } => await MessageAsync(call),
                { Responses: true, Stream: true } => await StreamResponseAsync(call),
                { Responses: true } => await ResponseAsync(call),
                { Stream: true } => await StreamChatAsync(call),
                _ => await ChatAsync(call),
            };
        }
        catch (Exception thrown) when (thrown is not OutOfMemoryException)
        {
            return Thrown(call, thrown);
        }
    }

    /// <summary>What an application can read from the exception.</summary>
    private static ClientReply Thrown(ClientCall call, Exception thrown)
    {
        var reply = new ClientReply { Id = call.Id, Thrown = thrown.GetType().Name, Message = thrown.Message };
        return thrown switch
        {
            ClientResultException refused => reply with { Status = refused.Status, Code = Code(refused.GetRawResponse()?.Content.ToString()) },
            AnthropicApiException refused => reply with { Status = (int)refused.StatusCode, Code = Code(refused.ResponseBody) },
            AnthropicSseException broken => reply with { Code = Code(broken.Body.ValueKind == JsonValueKind.Undefined ? null : broken.Body.GetRawText()) },
            _ => reply,
        };
    }

    private static string? Code(string? body) => body is { Length: > 0 } ? JsonNode.Parse(body)?["error"]?["code"]?.GetValue<string>() : null;

    private static async Task<ClientReply> ChatAsync(ClientCall call)
    {
        ChatCompletion answer = await Chat(call).CompleteChatAsync([new UserChatMessage(call.Prompt)], ChatOptions(call));
        var made = answer.ToolCalls is [var first, ..] ? first : null;
        return new()
        {
            Id = call.Id, Text = string.Concat(answer.Content.Select(part => part.Text)), Finish = answer.FinishReason.ToString(), Refusal = answer.Refusal,
            Tool = made?.FunctionName, Arguments = made?.FunctionArguments.ToString(),
        };
    }

    private static async Task<ClientReply> StreamChatAsync(ClientCall call)
    {
        StringBuilder text = new(), arguments = new(), refusal = new();
        string? tool = null, code = null, finish = null;
        await foreach (var update in Chat(call).CompleteChatStreamingAsync([new UserChatMessage(call.Prompt)], ChatOptions(call)))
        {
            foreach (var part in update.ContentUpdate) text.Append(part.Text);
            foreach (var made in update.ToolCallUpdates)
            {
                tool = made.FunctionName is { Length: > 0 } name ? name : tool;
                arguments.Append(made.FunctionArgumentsUpdate);
            }
            if (update.RefusalUpdate is { } said)
            {
                refusal.Append(said);
                code = update.CompletionId?.Replace("chatcmpl-", "", StringComparison.Ordinal);
            }
            finish = update.FinishReason?.ToString() ?? finish;
        }
        return new() { Id = call.Id, Text = text.ToString(), Finish = finish, Tool = tool, Arguments = arguments.ToString(), Refusal = OrNull(refusal), Code = code };
    }

    private static async Task<ClientReply> ResponseAsync(ClientCall call)
    {
        ResponseResult answer = await Responses(call).CreateResponseAsync("scripted", call.Prompt);
        return new() { Id = call.Id, Text = answer.GetOutputText(), Finish = answer.Status?.ToString() };
    }

    private static async Task<ClientReply> StreamResponseAsync(ClientCall call)
    {
        var text = new StringBuilder();
        var reply = new ClientReply { Id = call.Id };
        await foreach (var update in await Responses(call).CreateResponseStreamingAsync("scripted", call.Prompt))
        {
            if (update is StreamingResponseOutputTextDeltaUpdate delta) text.Append(delta.Delta);
            else if (update is StreamingResponseCompletedUpdate done) reply = reply with { Finish = done.Response.Status?.ToString() };
            else if (update is StreamingResponseFailedUpdate failed)
                reply = reply with { Finish = failed.Response.Status?.ToString(), Refusal = failed.Response.Error.Message, Code = failed.Response.Error.Code.ToString() };
        }
        return reply with { Text = text.ToString() };
    }

    private static async Task<ClientReply> MessageAsync(ClientCall call)
    {
        var message = await Messages(call).Messages.Create(Ask(call));
        var reply = new ClientReply { Id = call.Id, Finish = message.StopReason?.Raw() };
        foreach (var block in message.Content)
        {
            if (block.TryPickText(out var text)) reply = reply with { Text = text!.Text };
            if (block.TryPickToolUse(out var made)) reply = reply with { Tool = made!.Name, Arguments = JsonSerializer.Serialize(made.Input) };
        }
        return reply;
    }

    private static async Task<ClientReply> StreamMessageAsync(ClientCall call)
    {
        StringBuilder text = new(), arguments = new();
        var reply = new ClientReply { Id = call.Id };
        await foreach (var happened in Messages(call).Messages.CreateStreaming(Ask(call)))
        {
            if (happened.TryPickContentBlockStart(out var start) && start!.ContentBlock.TryPickToolUse(out var made)) reply = reply with { Tool = made!.Name };
            if (happened.TryPickContentBlockDelta(out var delta))
            {
                if (delta!.Delta.TryPickText(out var piece)) text.Append(piece!.Text);
                if (delta.Delta.TryPickInputJson(out var json)) arguments.Append(json!.PartialJson);
            }
            if (happened.TryPickDelta(out var end)) reply = reply with { Finish = end!.Delta.StopReason?.Raw() };
        }
        return reply with { Text = text.ToString(), Arguments = arguments.ToString() };
    }

    private static ChatClient Chat(ClientCall call)
    {
        var options = new OpenAIClientOptions { Endpoint = new Uri(call.Url + "/v1") };
        if (call.TimeoutMs is { } ms) options.NetworkTimeout = TimeSpan.FromMilliseconds(ms);
        return new OpenAIClient(new ApiKeyCredential(call.Key), options).GetChatClient("scripted");
    }

    private static ResponsesClient Responses(ClientCall call)
    {
        var options = new ResponsesClientOptions { Endpoint = new Uri(call.Url + "/v1") };
        if (call.TimeoutMs is { } ms) options.NetworkTimeout = TimeSpan.FromMilliseconds(ms);
        return new ResponsesClient(new ApiKeyCredential(call.Key), options);
    }

    private static AnthropicClient Messages(ClientCall call)
    {
        var client = new AnthropicClient { ApiKey = call.Key, BaseUrl = call.Url };
        return call.TimeoutMs is { } ms ? (AnthropicClient)client.WithOptions(o => o with { Timeout = TimeSpan.FromMilliseconds(ms) }) : client;
    }

    private static ChatCompletionOptions ChatOptions(ClientCall call)
    {
        var options = new ChatCompletionOptions();
        if (call.Tool) options.Tools.Add(ChatTool.CreateFunctionTool(Tool, Purpose, BinaryData.FromObjectAsJson(new { type = "object", properties = Properties })));
        return options;
    }

    private static MessageCreateParams Ask(ClientCall call)
    {
        var ask = new MessageCreateParams { MaxTokens = 64, Model = "scripted", Messages = [new UserMessageParam(call.Prompt)] };
        if (!call.Tool) return ask;
        var schema = new InputSchema { Properties = Properties.EnumerateObject().ToDictionary(p => p.Name, p => p.Value) };
        return ask with { Tools = [new Tool { Name = Tool, Description = Purpose, InputSchema = schema }] };
    }

    private static string? OrNull(StringBuilder text) => text.Length == 0 ? null : text.ToString();
}
