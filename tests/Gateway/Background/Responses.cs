using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Contracts;
using Gateway.Parking;
using Gateway.Tests.Support;

namespace Gateway.Tests.Background;

/// <summary>Background calls as a client makes them.</summary>
internal static class Responses
{
    public static string Body(string model, string words = "Good morning", bool stream = false) =>
        $$"""{ "model": "{{model}}",  "background": true, "stream": {{(stream ? "true" : "false")}},"metadata":{"order":"66"}, "input": "{{words}}" }""";

    public static async Task<JsonNode> CreateAsync(this HttpClient caller, string body, params (string Name, string Value)[] headers)
    {
        var reply = await caller.PostAsync(Calls.Responses, body, headers);
        Assert.True(reply.Status == HttpStatusCode.OK, reply.Text);
        return reply.Json;
    }

    public static string Id(this JsonNode response) => (string)response["id"]!;

    public static string Status(this JsonNode response) => (string)response["status"]!;

    public static string? Text(this JsonNode response) => (string?)response["output"]?[0]?["content"]?[0]?["text"];

    public static async Task<JsonNode> PollAsync(this HttpClient caller, string id) => (await caller.GetReplyAsync($"/v1/responses/{id}")).Json;

    /// <summary>As SDKs poll: until it is neither queued nor in progress.</summary>
    public static Task<JsonNode> EndAsync(this HttpClient caller, string id) => Eventually.ValueAsync(
        async () => await caller.PollAsync(id) is var response && response.Status() is "queued" or "in_progress" ? null : response, $"response {id} ended");

    public static async Task<JsonNode> CancelAsync(this HttpClient caller, string id) => (await caller.PostAsync($"/v1/responses/{id}/cancel", "")).Json;

    public static async Task<List<JsonNode>> EventsAsync(this HttpClient caller, string id, int? after = null) =>
        Answers.Parse((await caller.GetReplyAsync($"/v1/responses/{id}?stream=true{(after is { } n ? $"&starting_after={n}" : "")}")).Text);

    public static Task<Ticket> TicketOfAsync(this GatewayHost host, JsonNode response) => host.TicketAsync("apr_" + response.Id()["resp_".Length..]);

    /// <summary>As an upstream answers in one piece.</summary>
    public static Answer Whole(string words) => Answers.Json(WholeBody(words));

    public static string WholeBody(string words) =>
        $$$"""{"id":"resp_upstream","object":"response","created_at":1764000000,"status":"completed","model":"m","output":[{"id":"item_1","type":"message","role":"assistant","status":"completed","content":[{"type":"output_text","text":"{{{words}}}","annotations":[]}]}],"usage":{"input_tokens":3,"output_tokens":9}}""";

    /// <summary>The text that a client reading only deltas would put together.</summary>
    public static string Said(this IEnumerable<JsonNode> events) =>
        string.Concat(events.Where(e => (string?)e["type"] == "response.output_text.delta").Select(e => (string)e["delta"]!));

    public static IEnumerable<string> Types(this IEnumerable<JsonNode> events) => events.Select(e => (string)e["type"]!);

    public static IEnumerable<int> Numbers(this IEnumerable<JsonNode> events) => events.Select(e => (int)e["sequence_number"]!);

    /// <summary>Reads a stream as it comes, line by line.</summary>
    public static async Task<StreamReader> OpenAsync(this HttpClient caller, HttpRequestMessage request)
    {
        var response = await caller.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        return new StreamReader(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken), Encoding.UTF8);
    }

    public static HttpRequestMessage Post(string body) => new(HttpMethod.Post, Calls.Responses) { Content = new StringContent(body, Encoding.UTF8, "application/json") };

    public static bool IsUndecided(this Ticket ticket) => ticket.Status == ApprovalStatus.Pending;
}
