using System.IO.Compression;
using System.Net;
using System.Text;
using Gateway.Tests.Support;

namespace Gateway.Tests.Entrance;

/// <summary>Whatever is wrong with a request: a clear error in the provider's shape, and nothing reaches an upstream.</summary>
public sealed class BadInput_Tests(SharedGateway shared)
{
    private readonly HttpClient alice = shared.Host.Caller();

    public static TheoryData<string> Routes => [.. Calls.Routes];

    [Theory, MemberData(nameof(Routes))]
    public async Task Malformed_or_truncated_json_is_told_with_its_place(string route)
    {
        var model = shared.Upstream.Model(Answers.Chat("never"));
        var whole = Calls.Body(route, model);
        foreach (var body in new[] { whole[..^1], whole[..20], whole + "}", "{\"model\":\"" + model + "\",}", "nonsense", "\"" + model + "\"", "[]", "null", "" })
        {
            var reply = await alice.PostAsync(route, body);
            Assert.Equal("invalid_body", reply.AssertError(route, HttpStatusCode.BadRequest));
            Assert.DoesNotContain(model, reply.Text, StringComparison.Ordinal);
        }
        Assert.Empty(shared.Upstream.For(model));
        await shared.Host.AssertHealthyAsync();
    }

    [Theory, MemberData(nameof(Routes))]
    public async Task Anything_but_json_in_utf8_is_refused_unread(string route)
    {
        var model = shared.Upstream.Model(Answers.Chat("never"));
        var body = Encoding.UTF8.GetBytes(Calls.Body(route, model));
        foreach (var type in new[] { "text/plain", "multipart/form-data; boundary=x", "application/octet-stream", "application/json; charset=utf-16", "text/json", "json", ";;", null })
        {
            var reply = await alice.PostAsync(route, body, type);
            Assert.Equal("unreadable_content_type", reply.AssertError(route, HttpStatusCode.UnsupportedMediaType));
        }
        Assert.Empty(shared.Upstream.For(model));
    }

    [Theory, MemberData(nameof(Routes))]
    public async Task A_compressed_body_is_refused(string route)
    {
        var model = shared.Upstream.Model(Answers.Chat("never"));
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionMode.Compress)) gzip.Write(Encoding.UTF8.GetBytes(Calls.Body(route, model)));

        var reply = await alice.PostAsync(route, packed.ToArray(), "application/json", ("Content-Encoding", "gzip"));

        Assert.Equal("unreadable_content_type", reply.AssertError(route, HttpStatusCode.UnsupportedMediaType));
        Assert.Empty(shared.Upstream.For(model));
    }

    [Theory, MemberData(nameof(Routes))]
    public async Task A_body_over_the_limit_is_refused_whether_its_length_is_announced_or_not(string route)
    {
        var model = shared.Upstream.Model(Answers.Chat("never"));
        var body = Encoding.UTF8.GetBytes(Calls.Body(route, model, new string('a', 300_000)));

        var announced = await alice.PostAsync(route, body, "application/json");
        Assert.Equal("prompt_too_large", announced.AssertError(route, HttpStatusCode.RequestEntityTooLarge));

        var chunked = await RawHttp.PostChunkedAsync(shared.Host.Address, route, GatewayHost.AliceKey, body);
        Assert.StartsWith("HTTP/1.1 413", chunked, StringComparison.Ordinal);
        Assert.Contains("prompt_too_large", chunked, StringComparison.Ordinal);
        Assert.Empty(shared.Upstream.For(model));
        await shared.Host.AssertHealthyAsync();
    }

    [Theory, MemberData(nameof(Routes))]
    public async Task A_depth_bomb_is_refused_by_its_depth(string route)
    {
        var model = shared.Upstream.Model(Answers.Chat("never"));
        var bomb = $$"""{"model":"{{model}}","x":{{new string('[', 60_000)}}{{new string(']', 60_000)}}}""";

        var reply = await alice.PostAsync(route, bomb);

        Assert.Equal("invalid_body", reply.AssertError(route, HttpStatusCode.BadRequest));
        Assert.Contains("64 levels", reply.Text, StringComparison.Ordinal);
        Assert.Empty(shared.Upstream.For(model));
    }

    [Theory]
    [InlineData(""" "\ud83d" """)]
    [InlineData(""" "\ude00 alone" """)]
    [InlineData(""" {"\ud83d": 1} """)]
    public async Task Half_a_surrogate_pair_is_refused(string value)
    {
        var model = shared.Upstream.Model(Answers.Chat("never"));
        var reply = await alice.PostAsync(Calls.Chat, $$"""{"model":"{{model}}","messages":[{"role":"user","content":{{value}}}]}""");

        Assert.Equal("invalid_body", reply.AssertError(Calls.Chat, HttpStatusCode.BadRequest));
        Assert.Empty(shared.Upstream.For(model));
    }

    [Theory]
    [InlineData(0xFF)]
    [InlineData(0xC0)]
    [InlineData(0xED)]
    public async Task Bytes_that_are_not_utf8_are_refused(int bad)
    {
        var model = shared.Upstream.Model(Answers.Chat("never"));
        var body = Encoding.UTF8.GetBytes(Calls.Body(Calls.Chat, model, "a~z"));
        body[Array.IndexOf(body, (byte)'~')] = (byte)bad;

        var reply = await alice.PostAsync(Calls.Chat, body, "application/json");

        Assert.Equal("invalid_body", reply.AssertError(Calls.Chat, HttpStatusCode.BadRequest));
        Assert.Empty(shared.Upstream.For(model));
    }

    [Theory]
    [InlineData("""{"model":"$","messages":[],"messages":[]}""")]
    [InlineData("""{"model":"$","mod\u0065l":"other"}""")]
    [InlineData("""{"model":"$","metadata":{"depth":1,"depth":2}}""")]
    public async Task A_property_that_stands_twice_is_refused_because_two_readers_could_differ(string body)
    {
        var model = shared.Upstream.Model(Answers.Chat("never"));
        var reply = await alice.PostAsync(Calls.Chat, body.Replace("$", model, StringComparison.Ordinal));

        Assert.Equal("invalid_body", reply.AssertError(Calls.Chat, HttpStatusCode.BadRequest));
        Assert.Contains("twice", reply.Text, StringComparison.Ordinal);
        Assert.Empty(shared.Upstream.For(model));
    }

    [Theory]
    [InlineData("""{"messages":[]}""")]
    [InlineData("""{"model":null}""")]
    [InlineData("""{"model":7}""")]
    [InlineData("""{"model":""}""")]
    [InlineData("""{"model":["m-1"]}""")]
    [InlineData("""{"model":"m-1\u0000"}""")]
    [InlineData("""{"model":"m-1\ninjected"}""")]
    public async Task A_body_without_a_proper_model_is_refused(string body)
    {
        foreach (var route in Calls.Routes)
            Assert.Equal("model_missing", (await alice.PostAsync(route, body)).AssertError(route, HttpStatusCode.BadRequest));
    }

    [Theory, MemberData(nameof(Routes))]
    public async Task A_model_name_longer_than_200_characters_is_refused(string route) =>
        Assert.Equal("model_missing", (await alice.PostAsync(route, Calls.Body(route, "m-" + new string('x', 199)))).AssertError(route, HttpStatusCode.BadRequest));

    [Theory, MemberData(nameof(Routes))]
    public async Task An_unknown_model_is_not_found(string route) =>
        Assert.Equal("model_not_found", (await alice.PostAsync(route, Calls.Body(route, "nobody-serves-this"))).AssertError(route, HttpStatusCode.NotFound));

    [Theory, MemberData(nameof(Routes))]
    public async Task A_missing_or_unknown_key_is_401_in_an_envelope_both_sdks_read(string route)
    {
        var model = shared.Upstream.Model(Answers.Chat("never"));
        foreach (var header in new (string, string)[] { ("X-None", "1"), ("Authorization", "Bearer wrong-key-000000000000"), ("Authorization", "Basic YTpi"), ("Authorization", "Bearer "), ("x-api-key", "wrong"), ("x-api-key", new string('k', 4000)) })
        {
            var reply = await shared.Host.Caller(key: null).PostAsync(route, Calls.Body(route, model), header);
            Assert.Equal("invalid_api_key", reply.AssertError(route, HttpStatusCode.Unauthorized));
        }
        Assert.Empty(shared.Upstream.For(model));
    }

    [Theory]
    [InlineData("Authorization", "Bearer " + GatewayHost.AliceKey)]
    [InlineData("Authorization", "bearer " + GatewayHost.AliceKey)]
    [InlineData("x-api-key", GatewayHost.AliceKey)]
    public async Task The_key_is_taken_where_either_sdk_puts_it(string header, string value)
    {
        var model = shared.Upstream.Model(Answers.Chat("hello"));
        var reply = await shared.Host.Caller(key: null).PostAsync(Calls.Chat, Calls.Body(Calls.Chat, model), (header, value));
        Assert.Equal(HttpStatusCode.OK, reply.Status);
    }

    [Fact]
    public async Task A_caller_may_use_its_models_only()
    {
        var narrow = shared.Host.Caller(GatewayHost.NarrowKey);
        var model = shared.Upstream.Model(Answers.Chat("never"));
        foreach (var route in Calls.Routes)
        {
            var reply = await narrow.PostAsync(route, Calls.Body(route, model));
            Assert.Equal("policy_blocked", reply.AssertError(route, HttpStatusCode.Forbidden));
            Assert.Equal("false", reply.Header("x-should-retry"));
        }
        Assert.Empty(shared.Upstream.For(model));
    }

    [Fact]
    public async Task A_request_that_breaks_off_in_its_body_harms_nothing()
    {
        var model = shared.Upstream.Model(Answers.Chat("never"));
        for (var i = 0; i < 5; i++) await RawHttp.PostHalfAsync(shared.Host.Address, Calls.Chat, GatewayHost.AliceKey, Encoding.UTF8.GetBytes(Calls.Body(Calls.Chat, model)), reset: i % 2 == 0);

        await shared.Host.AssertHealthyAsync();
        Assert.Empty(shared.Upstream.For(model));
    }

    [Fact]
    public async Task A_route_is_known_by_its_exact_name()
    {
        var model = shared.Upstream.Model(Answers.Chat("hello"));
        foreach (var odd in new[] { "/V1/chat/completions", "/v1/Chat/Completions", "/v1/chat/completions/" })
        {
            var reply = await alice.PostAsync(odd, Calls.Body(Calls.Chat, model));
            Assert.Equal("route_not_found", reply.AssertError(Calls.Chat, HttpStatusCode.NotFound));
        }
        Assert.Empty(shared.Upstream.For(model));
    }

    [Theory]
    [InlineData("/v1/odd%0Aroute")]
    [InlineData("/v1/odd%00route")]
    public async Task A_route_with_control_characters_is_not_found(string route)
    {
        var model = shared.Upstream.Model(Answers.Chat("never"));
        var raw = await RawHttp.PostChunkedAsync(shared.Host.Address, route, GatewayHost.AliceKey, Encoding.UTF8.GetBytes(Calls.Body(Calls.Chat, model)));
        Assert.True(raw.StartsWith("HTTP/1.1 404", StringComparison.Ordinal) || raw.StartsWith("HTTP/1.1 400", StringComparison.Ordinal), raw);
        Assert.Empty(shared.Upstream.For(model));
    }

    [Fact]
    public async Task A_route_keeps_its_escapes_on_the_way_to_the_upstream()
    {
        var model = shared.Upstream.Model(Answers.Json("{}"));
        var reply = await alice.PostAsync("/v1/a%3Fb%23c%20d", Calls.Body(Calls.Chat, model));
        Assert.Equal(HttpStatusCode.OK, reply.Status);
        Assert.Equal("/v1/a%3Fb%23c%20d", shared.Upstream.Only(model).Target);
    }

    [Fact]
    public async Task A_header_that_cannot_be_sent_on_is_the_callers_mistake()
    {
        var model = shared.Upstream.Model(Answers.Chat("never"));
        var raw = await RawHttp.PostChunkedAsync(shared.Host.Address, Calls.Chat, GatewayHost.AliceKey, Encoding.UTF8.GetBytes(Calls.Body(Calls.Chat, model)), "anthropic-beta: sch\u00f6n");
        Assert.StartsWith("HTTP/1.1 400", raw, StringComparison.Ordinal);
        Assert.Empty(shared.Upstream.For(model));
    }
}
