using System.Net;
using System.Text;
using Gateway.Tests.Support;

namespace Gateway.Tests.Forwarding;

/// <summary>What is not masked goes on as it came, byte for byte; where something is masked, only that string changes.</summary>
public sealed class SameBytes_Tests(SharedGateway shared)
{
    private const string Email = "jane.miller@example.org";
    private readonly HttpClient alice = shared.Host.Caller();

    [Theory]
    [InlineData(""" {  "model" : "$" ,"messages":[ {"content":"Hi","role":"user"} ]  , "temperature":0.70 } """)]
    [InlineData("""{"zeta":1,"model":"$","alpha":{"b":1,"a":2},"messages":[{"role":"user","content":"caf\u00e9 \ud83d\ude00 \/ \u0041"}]}""")]
    [InlineData("""{"model":"$","seed":12345678901234567890123,"x":1.0,"y":1e400,"z":-0.0,"messages":[]}""")]
    [InlineData("{\"model\":\"$\",\r\n\t\"messages\":[{\"role\":\"user\",\"content\":\"caf\u00e9 \U0001F600\"}],\"unknown_field\":{\"deep\":[null,true,false,\"\"]}}\n")]
    [InlineData("""{"model":"$","messages":[{"role":"user","content":"Hi"}],"stream":false,"stream_options":null,"tools":[],"":"empty name"}""")]
    public async Task A_body_without_findings_is_forwarded_byte_for_byte(string template)
    {
        var model = shared.Upstream.Model(Answers.Chat("hello"));
        var body = Encoding.UTF8.GetBytes(template.Replace("$", model, StringComparison.Ordinal));
        foreach (var route in new[] { Calls.Chat, Calls.Messages, Calls.Responses, "/v1/embeddings", "/v1/other/route" })
        {
            var reply = await alice.PostAsync(route, body, "application/json; charset=utf-8");
            Assert.Equal(HttpStatusCode.OK, reply.Status);
        }
        Assert.Equal(5, shared.Upstream.For(model).Count);
        Assert.All(shared.Upstream.For(model), request => Assert.Equal(body, request.Body));
    }

    [Fact]
    public async Task When_something_is_masked_only_that_string_changes()
    {
        var model = shared.Upstream.Model(Answers.Chat("Written to [EMAIL_1]."));
        var before = $$"""{ "zz" : 1.50, "messages":[{"content":"caf\u00e9\/","role":"system"}, {"role":"user", "content": """ + "\"";
        const string after = "\"" + """ }],"user_field":{"k":"\u0041"} ,"model":"$"}""";
        var tail = after.Replace("$", model, StringComparison.Ordinal);

        var reply = await alice.PostAsync(Calls.Chat, $"{before}Mail {Email} \\u0026 \\\"greet\\\" \\ud83d\\ude00{tail}");

        Assert.Equal(HttpStatusCode.OK, reply.Status);
        var sent = shared.Upstream.Only(model).Text;
        Assert.StartsWith(before, sent, StringComparison.Ordinal);
        Assert.EndsWith(tail, sent, StringComparison.Ordinal);
        Assert.Equal("Mail [EMAIL_1] & \"greet\" \U0001F600", (string?)System.Text.Json.Nodes.JsonNode.Parse(sent)!["messages"]![1]!["content"]);
        Assert.Equal($"Written to {Email}.", (string?)reply.Json["choices"]![0]!["message"]!["content"]);
        Assert.Equal($"{reply.Body.Length}", reply.Header("Content-Length")); // in one piece, and as long as it left
        Assert.Equal("masked", (await shared.Host.EntryAsync(e => e.Model == model)).Outcome);
    }

    [Fact]
    public async Task Nobodys_key_goes_further_than_it_must()
    {
        foreach (var route in Calls.Routes)
        {
            var model = shared.Upstream.Model(Answers.Json("{}", 200, ("x-api-key", MockUpstream.Key), ("Authorization", "Bearer " + MockUpstream.Key), ("Set-Cookie", "session=1"), ("x-request-id", "req-7"), ("Server", "secret-server"), ("Location", "http://elsewhere.invalid")));
            var reply = await alice.PostAsync(route, Calls.Body(route, model), ("x-api-key", GatewayHost.AliceKey), ("Cookie", "c=1"), ("x-forwarded-for", "10.0.0.1"), ("openai-organization", "org"), ("anthropic-version", "2023-06-01"), ("anthropic-beta", "b1"));

            var sent = shared.Upstream.Only(model);
            Assert.DoesNotContain(sent.Headers.Values, value => value.Contains(GatewayHost.AliceKey, StringComparison.Ordinal));
            Assert.DoesNotContain(sent.Headers.Keys, name => name.StartsWith("cookie", StringComparison.OrdinalIgnoreCase) || name.StartsWith("x-forwarded", StringComparison.OrdinalIgnoreCase));
            Assert.Equal(MockUpstream.Key, route == Calls.Messages ? sent.Headers["x-api-key"] : sent.Headers["Authorization"]["Bearer ".Length..]);
            Assert.Equal("2023-06-01", sent.Headers["anthropic-version"]);
            Assert.Equal("application/json", sent.Headers["Content-Type"]);

            var headers = reply.Message.Headers.Concat(reply.Message.Content.Headers).SelectMany(h => h.Value.Prepend(h.Key)).ToList();
            Assert.DoesNotContain(headers, value => value.Contains(MockUpstream.Key, StringComparison.Ordinal) || value.Contains("secret-server", StringComparison.Ordinal));
            Assert.DoesNotContain(headers, name => name.Equals("Set-Cookie", StringComparison.OrdinalIgnoreCase) || name.Equals("Location", StringComparison.OrdinalIgnoreCase));
            Assert.Equal("req-7", reply.Header("x-request-id"));
            Assert.StartsWith("int_", reply.Header("x-interaction-id"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_query_string_is_not_a_way_around_the_scorer()
    {
        var model = shared.Upstream.Model(Answers.Chat("hello"));
        await alice.PostAsync($"{Calls.Messages}?beta=true&x={Calls.Secret}", Calls.Body(Calls.Messages, model));
        Assert.Equal("/v1/messages", shared.Upstream.Only(model).Target);
    }

    [Fact]
    public async Task An_unread_route_passes_bytes_nobody_can_read_and_says_so_in_the_trail()
    {
        var model = shared.Upstream.Model(Answers.Json("""{"text":"hello"}"""));
        var body = new byte[1000];
        Random.Shared.NextBytes(body);

        var reply = await alice.PostAsync($"/v1/audio/{model}", body, "multipart/form-data; boundary=\"x y\"");

        Assert.Equal(HttpStatusCode.OK, reply.Status);
        Assert.Equal(body, shared.Upstream.Only(model).Body);
        Assert.Equal("multipart/form-data; boundary=\"x y\"", shared.Upstream.Only(model).Headers["Content-Type"]);
        var entry = await shared.Host.EntryAsync(e => e.Route == $"/v1/audio/{model}");
        Assert.Equal(("forwarded unread", "unread-route", "alice"), (entry.Outcome, entry.Rule, entry.Actor));
        Assert.Equal(entry.InteractionId, reply.Header("x-interaction-id"));
    }

    [Fact]
    public async Task On_an_unread_route_too_the_body_needs_a_type_and_the_caller_all_models()
    {
        var model = shared.Upstream.Model(Answers.Json("{}"));
        foreach (var type in new[] { null, "not a type", ";" })
            Assert.Equal("unreadable_content_type", (await alice.PostAsync($"/v1/audio/{model}", [1, 2], type)).AssertError(Calls.Chat, HttpStatusCode.UnsupportedMediaType));
        Assert.Equal("policy_blocked", (await shared.Host.Caller(GatewayHost.NarrowKey).PostAsync($"/v1/audio/{model}", [1, 2], "audio/wav")).AssertError(Calls.Chat, HttpStatusCode.Forbidden));
        Assert.Empty(shared.Upstream.For(model));
    }

    [Fact]
    public async Task A_caller_that_hangs_up_on_an_unread_call_is_in_the_trail_all_the_same()
    {
        var arrived = new TaskCompletionSource();
        var model = shared.Upstream.Model((http, request) =>
        {
            arrived.TrySetResult();
            return Answers.Silence(http, request);
        });
        using var gone = new CancellationTokenSource();
        using var content = new ByteArrayContent([1, 2, 3]);
        content.Headers.TryAddWithoutValidation("Content-Type", "audio/wav");
        var call = alice.PostAsync($"/v1/audio/{model}", content, gone.Token);
        await arrived.Task;
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);

        Assert.Equal("abandoned", (await shared.Host.EntryAsync(e => e.Route == $"/v1/audio/{model}")).Outcome);
    }
}
