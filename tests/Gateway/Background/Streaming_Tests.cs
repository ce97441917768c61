using System.Net;
using Contracts;
using Gateway.Tests.Support;

namespace Gateway.Tests.Background;

/// <summary>Events of a background response: numbered once and for all, resumed from anywhere.</summary>
public sealed class Streaming_Tests(SharedGateway shared) : IAsyncDisposable
{
    private readonly GatewayHost host = shared.Host;
    private readonly HttpClient alice = shared.Host.Caller();

    public async ValueTask DisposeAsync() => await host.AssertHealthyAsync();

    [Fact]
    public async Task A_streamed_call_waits_with_comments_and_ends_with_the_answer()
    {
        var model = shared.Upstream.Model(Answers.Events(Streams.Responses("one ", "two ", "three")));
        using var stream = await alice.OpenAsync(Responses.Post(Responses.Body(model, Calls.Secret, stream: true)));

        var start = await ReadUntilAsync(stream, line => line.StartsWith(": approval pending", StringComparison.Ordinal));
        await host.DecideAsync(await host.TicketOfAsync(model));
        var events = Answers.Parse(start + await stream.ReadToEndAsync(TestContext.Current.CancellationToken));

        Assert.Equal(["response.created", "response.queued", "response.in_progress", "response.output_item.added"], events.Types().Take(4));
        Assert.Equal("response.completed", events.Types().Last());
        Assert.Equal(Enumerable.Range(0, events.Count), events.Numbers());
        Assert.Equal("one two three", events.Said());
        Assert.Equal(["queued", "queued", "in_progress", "completed"], events.Where(e => e["response"] is not null).Select(e => e["response"]!.Status()));
        Assert.Single(events.Where(e => e["response"] is not null).Select(e => e["response"]!.Id()).Distinct());
        var polled = await alice.PollAsync(events[0]["response"]!.Id());
        Assert.Equal(polled.ToJsonString(), events[^1]["response"]!.ToJsonString());
        Assert.Equal("one two three", polled.Text());
    }

    [Fact]
    public async Task A_stream_names_its_events_and_sends_nothing_a_python_client_raises_on()
    {
        var queued = await alice.CreateAsync(Responses.Body(shared.Upstream.Model(Responses.Whole("plain words"))));
        await alice.EndAsync(queued.Id());

        var reply = await alice.GetReplyAsync($"/v1/responses/{queued.Id()}?stream=true");

        Assert.Equal("text/event-stream", reply.Message.Content.Headers.ContentType?.ToString());
        foreach (var block in reply.Text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries))
        {
            var lines = block.Split('\n');
            Assert.Equal(2, lines.Length);
            Assert.Equal($"event: {(string?)Answers.Parse(lines[1])[0]["type"]}", lines[0]);
        }
        Assert.DoesNotContain("[DONE]", reply.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Resuming_after_any_number_gives_exactly_the_rest(bool streamed)
    {
        var model = shared.Upstream.Model(streamed ? Answers.Events(Streams.Responses("a ", "b ", "c")) : Responses.Whole("a b c"));
        string id;
        if (streamed)
        {
            using var stream = await alice.OpenAsync(Responses.Post(Responses.Body(model, stream: true)));
            id = Answers.Parse(await stream.ReadToEndAsync(TestContext.Current.CancellationToken))[0]["response"]!.Id();
        }
        else id = (await alice.CreateAsync(Responses.Body(model))).Id();
        await alice.EndAsync(id);

        var whole = (await alice.EventsAsync(id)).Select(e => e.ToJsonString()).ToList();
        for (var after = 0; after <= whole.Count + 1; after++)
            Assert.Equal(whole.Skip(after + 1), (await alice.EventsAsync(id, after)).Select(e => e.ToJsonString()));
        Assert.Empty(await alice.EventsAsync(id, int.MaxValue));
        Assert.Equal("a b c", (await alice.EventsAsync(id)).Said());
    }

    [Fact]
    public async Task Pieces_read_at_different_times_fit_together()
    {
        var model = shared.Upstream.Model(Answers.Events(Streams.Responses("early ", "and late")));
        string id;
        string first;
        using (var stream = await alice.OpenAsync(Responses.Post(Responses.Body(model, Calls.Secret, stream: true))))
        {
            first = await ReadUntilAsync(stream, line => line.StartsWith(": approval pending", StringComparison.Ordinal));
            id = Answers.Parse(first)[0]["response"]!.Id();
        } // the client goes in the middle of its stream
        var seen = Answers.Parse(first);
        using var resumed = await alice.OpenAsync(new HttpRequestMessage(HttpMethod.Get, $"/v1/responses/{id}?stream=true&starting_after={seen.Numbers().Last()}"));

        await host.DecideAsync(await host.TicketOfAsync(model));
        var rest = Answers.Parse(await resumed.ReadToEndAsync(TestContext.Current.CancellationToken));

        Assert.Equal((await alice.EventsAsync(id)).Select(e => e.ToJsonString()), seen.Concat(rest).Select(e => e.ToJsonString()));
        Assert.Equal("early and late", rest.Said());
    }

    [Fact]
    public async Task A_call_of_a_tool_arrives_by_deltas_too()
    {
        const string item = """{"id":"fc_1","type":"function_call","status":"completed","call_id":"c1","name":"ring","arguments":"{\"times\":3}"}""";
        var model = shared.Upstream.Model(Answers.Json($$"""{"id":"r","object":"response","status":"completed","output":[{{item}}]}"""));
        var queued = await alice.CreateAsync(Responses.Body(model));
        await alice.EndAsync(queued.Id());

        var events = await alice.EventsAsync(queued.Id());

        Assert.Equal(["response.output_item.added", "response.function_call_arguments.delta", "response.function_call_arguments.done", "response.output_item.done"], events.Types().Skip(3).SkipLast(1));
        Assert.Equal("""{"times":3}""", (string?)events[4]["delta"]);
        Assert.Equal("", (string?)events[3]["item"]!["arguments"]);
        Assert.Equal(item, events[^2]["item"]!.ToJsonString(Answers.Relaxed));
    }

    [Fact]
    public async Task A_stream_that_breaks_off_fails_with_what_came_until_then()
    {
        var model = shared.Upstream.Model(Answers.EventsThenCut(Streams.Responses("half ", "of it")[..4]));
        using var stream = await alice.OpenAsync(Responses.Post(Responses.Body(model, stream: true)));

        var events = Answers.Parse(await stream.ReadToEndAsync(TestContext.Current.CancellationToken));

        Assert.Equal("half ", events.Said());
        Assert.Equal(("response.failed", "failed"), ((string?)events[^1]["type"], events[^1]["response"]!.Status()));
        Assert.Equal("upstream_broke_off", (string?)events[^1]["response"]!["error"]!["code"]);
        Assert.Equal(Enumerable.Range(0, events.Count), events.Numbers());
    }

    [Fact]
    public async Task An_error_in_the_upstreams_stream_is_a_failed_response()
    {
        var model = shared.Upstream.Model(Answers.Events(Answers.Event("error", new { type = "error", code = "ERR_9", message = "it went wrong", sequence_number = 0 })));
        using var stream = await alice.OpenAsync(Responses.Post(Responses.Body(model, stream: true)));

        var events = Answers.Parse(await stream.ReadToEndAsync(TestContext.Current.CancellationToken));

        Assert.Equal(["response.created", "response.queued", "response.in_progress", "response.failed"], events.Types());
        Assert.Equal(("ERR_9", "it went wrong"), ((string?)events[^1]["response"]!["error"]!["code"], (string?)events[^1]["response"]!["error"]!["message"]));
    }

    [Theory]
    [InlineData(ApprovalStatus.Rejected, "failed", "approval_rejected")]
    [InlineData(ApprovalStatus.Expired, "failed", "approval_expired")]
    [InlineData(ApprovalStatus.Cancelled, "cancelled", "approval_cancelled")]
    public async Task A_stream_ends_with_the_refusal(ApprovalStatus outcome, string status, string code)
    {
        var model = shared.Upstream.Model(Responses.Whole("never"));
        using var stream = await alice.OpenAsync(Responses.Post(Responses.Body(model, Calls.Secret, stream: true)));
        await host.DecideAsync(await host.TicketOfAsync(model), outcome);

        var events = Answers.Parse(await stream.ReadToEndAsync(TestContext.Current.CancellationToken));

        Assert.Equal(["response.created", "response.queued", "response.failed"], events.Types());
        Assert.Equal((status, code), (events[^1]["response"]!.Status(), (string?)events[^1]["response"]!["error"]!["code"]));
    }

    [Fact]
    public async Task A_stream_ends_when_its_time_is_up_and_goes_on_when_asked_again()
    {
        await using var brief = await GatewayHost.StartAsync(shared.Upstream, new() { ["Parking:LongestStream"] = "00:00:01" });
        var caller = brief.Caller();
        var model = shared.Upstream.Model(Responses.Whole("in the end"));
        using var stream = await caller.OpenAsync(Responses.Post(Responses.Body(model, Calls.Secret, stream: true)));

        var first = Answers.Parse(await stream.ReadToEndAsync(TestContext.Current.CancellationToken));
        await brief.DecideAsync(await brief.TicketOfAsync(model));
        var id = first[0]["response"]!.Id();
        await caller.EndAsync(id);

        Assert.Equal(["response.created", "response.queued"], first.Types());
        Assert.Equal("in the end", (await caller.EventsAsync(id, first.Numbers().Last())).Said());
    }

    [Fact]
    public async Task A_stopping_process_lets_its_streams_go()
    {
        await using var stopping = await GatewayHost.StartAsync(shared.Upstream);
        using var stream = await stopping.Caller().OpenAsync(Responses.Post(Responses.Body("m-stop", Calls.Secret, stream: true)));
        await ReadUntilAsync(stream, line => line.StartsWith(": approval pending", StringComparison.Ordinal));

        var stopped = stopping.StopAsync();
        var rest = await stream.ReadToEndAsync(TestContext.Current.CancellationToken);

        await stopped;
        Assert.True(rest.Split('\n').Count(line => line.StartsWith(':')) < 5, "A stopping process does not fill its streams with comments.");
        Assert.Empty(Answers.Parse(rest));
    }

    [Theory]
    [InlineData("-1"), InlineData("x"), InlineData(""), InlineData("1.5"), InlineData("99999999999")]
    public async Task A_number_that_is_none_is_400(string after)
    {
        var queued = await alice.CreateAsync(Responses.Body("m-z", Calls.Secret));

        var reply = await alice.GetReplyAsync($"/v1/responses/{queued.Id()}?stream=true&starting_after={after}");

        Assert.Equal("invalid_parameter", reply.AssertError(Calls.Responses, HttpStatusCode.BadRequest));
    }

    private static async Task<string> ReadUntilAsync(StreamReader stream, Func<string, bool> last)
    {
        var read = new System.Text.StringBuilder();
        while (await stream.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            read.Append(line).Append('\n');
            if (last(line)) return read.ToString();
        }
        throw new InvalidOperationException($"The stream ended early:\n{read}");
    }
}
