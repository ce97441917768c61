using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Gateway.Tests.Support;

/// <summary>A reply, read to its end.</summary>
internal sealed record Reply(HttpStatusCode Status, byte[] Body, HttpResponseMessage Message)
{
    public string Text => Encoding.UTF8.GetString(Body);
    public JsonNode Json => JsonNode.Parse(Body)!;
    public string? Header(string name) =>
        Message.Headers.TryGetValues(name, out var values) || Message.Content.Headers.TryGetValues(name, out values) ? string.Join(",", values) : null;
}

/// <summary>The three routes with errors of their own, and a minimal body for each.</summary>
internal static class Calls
{
    public const string Chat = "/v1/chat/completions", Messages = "/v1/messages", Responses = "/v1/responses";
    public static readonly string[] Routes = [Chat, Messages, Responses];

    /// <summary>Found by the secrets detector for sure, so it parks. Made up, and in two pieces so that no scanner takes it for a leak.</summary>
    public const string Secret = "AKIA" + "4QX7NPLR2WMVKT3B";

    public static string Body(string route, string model, string words = "Good morning", bool stream = false) => JsonSerializer.Serialize(route switch
    {
        Chat => new { model, messages = new[] { new { role = "user", content = words } }, stream },
        Messages => new { model, max_tokens = 10, messages = new[] { new { role = "user", content = words } }, stream },
        _ => (object)new { model, input = words, stream },
    }, Answers.Relaxed);

    public static Task<Reply> PostAsync(this HttpClient client, string route, string body, params (string Name, string Value)[] headers) =>
        client.PostAsync(route, Encoding.UTF8.GetBytes(body), "application/json", headers);

    public static async Task<Reply> PostAsync(this HttpClient client, string route, byte[] body, string? type, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, route) { Content = new ByteArrayContent(body) };
        if (type is not null) request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        foreach (var (name, value) in headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value)) request.Content.Headers.TryAddWithoutValidation(name, value);
        }
        return await client.ReplyAsync(request);
    }

    public static async Task<Reply> GetReplyAsync(this HttpClient client, string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return await client.ReplyAsync(request);
    }

    private static async Task<Reply> ReplyAsync(this HttpClient client, HttpRequestMessage request)
    {
        var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return new Reply(response.StatusCode, await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken), response);
    }

    /// <summary>The error in the provider's own envelope, as its SDK reads it; gives the code.</summary>
    public static string AssertError(this Reply reply, string route, HttpStatusCode status)
    {
        Assert.True(status == reply.Status, $"Expected {status}, got {reply.Status}: {reply.Text}");
        Assert.Equal("application/json", reply.Message.Content.Headers.ContentType?.MediaType);
        var json = reply.Json;
        if (route == Messages) Assert.Equal("error", (string?)json["type"]);
        Assert.False(string.IsNullOrWhiteSpace((string?)json["error"]!["message"]));
        Assert.False(string.IsNullOrWhiteSpace((string?)json["error"]!["type"]));
        return (string)json["error"]!["code"]!;
    }
}
