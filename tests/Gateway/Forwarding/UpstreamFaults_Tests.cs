using System.Net;
using System.Text;
using Gateway.Tests.Support;

namespace Gateway.Tests.Forwarding;

/// <summary>Whatever an upstream does, the caller gets a clear answer or a visible end, and the gateway goes on.</summary>
public sealed class UpstreamFaults_Tests(SharedGateway shared) : IAsyncDisposable
{
    private readonly HttpClient alice = shared.Host.Caller();

    public static TheoryData<string> Routes => [.. Calls.Routes];

    public async ValueTask DisposeAsync() => await shared.Host.AssertHealthyAsync();

    [Theory, MemberData(nameof(Routes))]
    public async Task An_upstream_that_is_down_is_502(string route) =>
        Assert.Equal("upstream_unreachable", (await alice.PostAsync(route, Calls.Body(route, "down"))).AssertError(route, HttpStatusCode.BadGateway));

    [Theory, MemberData(nameof(Routes))]
    public async Task An_upstream_that_hangs_up_is_502(string route) =>
        Assert.Equal("upstream_unreachable", (await PostAsync(route, Answers.Hangup)).AssertError(route, HttpStatusCode.BadGateway));

    [Fact]
    public async Task An_upstream_that_does_not_begin_in_time_is_504() => await Task.WhenAll(Calls.Routes.Select(async route =>
        Assert.Equal("upstream_timeout", (await PostAsync(route, Answers.Silence)).AssertError(route, HttpStatusCode.GatewayTimeout))));

    [Theory, MemberData(nameof(Routes))]
    public async Task A_plain_answer_that_breaks_off_is_502(string route) =>
        Assert.Equal("upstream_broke_off", (await PostAsync(route, Answers.CutShort("""{"id":"x","choices":["""))).AssertError(route, HttpStatusCode.BadGateway));

    [Theory, MemberData(nameof(Routes))]
    public async Task An_error_of_the_upstream_passes_with_its_status_and_body(string route)
    {
        foreach (var status in new[] { 400, 401, 404, 422, 429, 500, 503, 529 })
        {
            var body = $$"""{ "error" : {"message":"No \u0041 such thing","type":"t{{status}}","code":null} }""";
            var reply = await PostAsync(route, Answers.Json(body, status, ("retry-after", "7")));
            Assert.Equal(status, (int)reply.Status);
            Assert.Equal(body, reply.Text);
            Assert.Equal("7", reply.Header("retry-after"));
        }
    }

    [Fact]
    public async Task An_error_page_in_html_passes_as_it_is()
    {
        var reply = await PostAsync(Calls.Chat, Answers.Raw("<html><b>Bad gateway</b></html>"u8.ToArray(), "text/html; charset=utf-8", 502));
        Assert.Equal((502, "<html><b>Bad gateway</b></html>"), ((int)reply.Status, reply.Text));
        Assert.Equal("text/html; charset=utf-8", reply.Message.Content.Headers.ContentType?.ToString());
    }

    [Fact]
    public async Task A_redirect_is_not_followed_and_not_passed_on()
    {
        foreach (var status in new[] { 301, 302, 303, 307, 308 })
        {
            var target = shared.Upstream.Model(Answers.Chat("never"));
            var reply = await PostAsync(Calls.Chat, Answers.Json("{}", status, ("Location", $"{shared.Upstream.Address}v1/{target}")));
            Assert.Equal("upstream_redirected", reply.AssertError(Calls.Chat, HttpStatusCode.BadGateway));
            Assert.Empty(shared.Upstream.For(target));
        }
    }

    [Theory, MemberData(nameof(Routes))]
    public async Task An_answer_larger_than_the_gateway_keeps_is_502(string route) =>
        Assert.Equal("answer_too_large", (await PostAsync(route, Answers.Chat(new string('a', 600_000)))).AssertError(route, HttpStatusCode.BadGateway));

    [Theory]
    [InlineData("image/png")]
    [InlineData("application/octet-stream")]
    [InlineData(null)]
    [InlineData("application/json; charset=utf-16")]
    public async Task An_answer_nobody_can_read_does_not_leave(string? type)
    {
        var reply = await PostAsync(Calls.Chat, Answers.Raw([0x89, 0x50, 0x4E, 0x47, 0, 1, 2], type));
        Assert.Equal("answer_unreadable", reply.AssertError(Calls.Chat, HttpStatusCode.BadGateway));
    }

    [Fact]
    public async Task Bytes_that_are_not_utf8_do_not_leave_as_json() =>
        Assert.Equal("answer_unreadable", (await PostAsync(Calls.Chat, Answers.Raw([0x7B, 0xFF, 0x7D], "application/json"))).AssertError(Calls.Chat, HttpStatusCode.BadGateway));

    [Theory]
    [InlineData("application/json")]
    [InlineData("text/event-stream")]
    public async Task A_compressed_answer_nobody_asked_for_does_not_leave(string type) =>
        Assert.Equal("answer_unreadable", (await PostAsync(Calls.Chat, Answers.Raw("{}"u8.ToArray(), type, 200, ("Content-Encoding", "gzip")))).AssertError(Calls.Chat, HttpStatusCode.BadGateway));

    [Fact]
    public async Task An_answer_without_a_body_passes()
    {
        var reply = await PostAsync(Calls.Chat, Answers.Raw([], null));
        Assert.Equal((200, 0), ((int)reply.Status, reply.Body.Length));
    }

    [Fact]
    public async Task A_header_of_the_upstream_that_cannot_be_passed_on_is_left_out()
    {
        var raw = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nx-request-id: caf\u00e9\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}";
        await using var odd = await OddUpstream.StartAsync(Encoding.Latin1.GetBytes(raw));
        await using var host = await GatewayHost.StartAsync(shared.Upstream, OddUpstream.Settings(odd));
        var reply = await host.Caller().PostAsync(Calls.Chat, Calls.Body(Calls.Chat, "odd"));
        Assert.Equal((200, "{}"), ((int)reply.Status, reply.Text));
        Assert.Null(reply.Header("x-request-id"));
    }

    [Fact]
    public async Task A_stream_cut_off_midway_ends_in_an_error_and_not_in_a_normal_end()
    {
        var chat = await PostAsync(Calls.Chat, Answers.EventsThenCut(Answers.ChatStream("Hello ", "world ")[..3]), stream: true);
        Assert.Equal("Hello world ", Answers.ChatText(chat.Text));
        Assert.Equal("upstream_broke_off", (string?)Answers.Parse(chat.Text)[^1]["error"]!["code"]);
        Assert.DoesNotContain("[DONE]", chat.Text, StringComparison.Ordinal);

        var messages = await PostAsync(Calls.Messages, Answers.EventsThenCut(Streams.Messages("Hello ", "world ")[..4]), stream: true);
        Assert.Contains("event: error\n", messages.Text, StringComparison.Ordinal);
        Assert.Equal("upstream_broke_off", (string?)Answers.Parse(messages.Text)[^1]["error"]!["code"]);
        Assert.DoesNotContain("message_stop", messages.Text, StringComparison.Ordinal);

        var responses = await PostAsync(Calls.Responses, Answers.EventsThenCut(Streams.Responses("Hello ", "world ")[..5]), stream: true);
        Assert.Equal("response.failed", (string?)Answers.Parse(responses.Text)[^1]["type"]);
        Assert.DoesNotContain("response.completed", responses.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stream_whose_connection_is_reset_ends_in_an_error()
    {
        var head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n" + string.Concat(Answers.ChatStream("Hello ")[..2]);
        var seen = new TaskCompletionSource();
        await using var odd = await OddUpstream.StartAsync(Encoding.UTF8.GetBytes(head), resetAfter: seen.Task);
        await using var host = await GatewayHost.StartAsync(shared.Upstream, OddUpstream.Settings(odd));
        using var request = new HttpRequestMessage(HttpMethod.Post, Calls.Chat) { Content = new StringContent(Calls.Body(Calls.Chat, "odd", stream: true), Encoding.UTF8, "application/json") };
        using var response = await host.Caller().SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        var text = "";
        while (await reader.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            text += line + "\n";
            if (line.Contains("Hello", StringComparison.Ordinal)) seen.SetResult();
        }
        Assert.Equal("upstream_broke_off", (string?)Answers.Parse(text)[^1]["error"]!["code"]);
        Assert.Empty(host.Logs.Unhandled);
    }

    [Fact]
    public async Task A_stream_that_just_stops_before_the_model_was_done_ends_in_an_error()
    {
        foreach (var (route, events) in new[] { (Calls.Chat, Answers.ChatStream("Hello ", "world")[..3]), (Calls.Messages, Streams.Messages("Hello ", "world")[..4]), (Calls.Responses, Streams.Responses("Hello ", "world")[..5]), (Calls.Chat, []) })
        {
            var reply = await PostAsync(route, Answers.Events(events), stream: true);
            Assert.Contains("upstream_broke_off", reply.Text, StringComparison.Ordinal);
            if (events.Length > 0) Assert.Contains("world", reply.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_chat_stream_may_end_without_its_last_line_when_the_model_was_done()
    {
        var reply = await PostAsync(Calls.Chat, Answers.Events(Answers.ChatStream("Hello ")[..^1]), stream: true);
        Assert.Equal(string.Concat(Answers.ChatStream("Hello ")[..^1]), reply.Text);
    }

    [Fact]
    public async Task A_stream_that_falls_silent_ends_in_an_error_within_the_limit()
    {
        var reply = await PostAsync(Calls.Chat, Answers.EventsThenSilence(Answers.ChatStream("Hello ")[..2]), stream: true);
        Assert.Equal("upstream_timeout", (string?)Answers.Parse(reply.Text)[^1]["error"]!["code"]);
        Assert.DoesNotContain("[DONE]", reply.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stream_longer_than_the_gateway_keeps_ends_in_an_error()
    {
        var pieces = Enumerable.Repeat(string.Concat(Enumerable.Repeat("word ", 1000)), 200).ToArray();
        var model = shared.Upstream.Model(Answers.Events(Answers.ChatStream(pieces)));
        var reply = await alice.PostAsync(Calls.Chat, Calls.Body(Calls.Chat, model, stream: true));
        Assert.Equal("answer_too_large", (string?)Answers.Parse(reply.Text)[^1]["error"]!["code"]);
        Assert.Contains("larger", (await shared.Host.EntryAsync(e => e.Model == model)).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_an_upstream_does_behind_the_end_of_its_stream_does_not_matter()
    {
        foreach (var (route, events) in new[] { (Calls.Chat, Answers.ChatStream("Hello ")), (Calls.Messages, Streams.Messages("Hello ")), (Calls.Responses, Streams.Responses("Hello ")) })
        {
            foreach (var after in new[] { Answers.EventsThenCut(events), Answers.EventsThenSilence(events), Answers.Events([.. events, "data: {\"late\":true}\n\n"]) })
            {
                var model = shared.Upstream.Model(after);
                var reply = await alice.PostAsync(route, Calls.Body(route, model, stream: true));
                Assert.Equal(200, (int)reply.Status);
                Assert.Equal(string.Concat(events), reply.Text);
                Assert.Null((await shared.Host.EntryAsync(e => e.Model == model)).Reason);
            }
        }
    }

    [Fact]
    public async Task Odd_events_in_a_stream_break_nothing()
    {
        var odd = new[]
        {
            "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"\\ud83d\"}}]}\n\n", "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"\\ude00 \"}}]}\n\n",
            "data: {\"a\":1,\"a\":2}\n\n", "data: {broken\n\n", "data: [1,2]\n\n", "data: null\n\n", "data:\n\n", ": comment\n\n", "data: {\"choices\":null}\n\n",
            "data: {\"choices\":[7,{\"delta\":3},{\"index\":\"x\",\"delta\":{\"content\":null,\"tool_calls\":[3,{\"function\":2}]}}]}\n\n", "id: 7\nretry: 3\ndata: {\"x\":\"\\u0000\"}\n\n",
        };
        var reply = await PostAsync(Calls.Chat, Answers.Events([.. odd, .. Answers.ChatStream("still ", "here")]), stream: true);
        Assert.Equal(200, (int)reply.Status);
        Assert.EndsWith("data: [DONE]\n\n", reply.Text, StringComparison.Ordinal);
        Assert.Contains("still ", reply.Text, StringComparison.Ordinal);
    }

    private Task<Reply> PostAsync(string route, Answer answer, bool stream = false) => alice.PostAsync(route, Calls.Body(route, shared.Upstream.Model(answer), stream: stream));
}
