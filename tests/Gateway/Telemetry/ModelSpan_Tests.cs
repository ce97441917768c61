using System.Diagnostics;
using System.Text.Json;
using Gateway.Tests.Support;

namespace Gateway.Tests.Telemetry;

/// <summary>The call of a model as OpenTelemetry's GenAI conventions want it told.</summary>
public sealed class ModelSpan_Tests(SharedGateway shared) : IDisposable
{
    private const string Whole = "gpt-whole-2026-01-01";
    private readonly TraceEar ear = new();

    [Theory]
    [MemberData(nameof(GoodAnswers))]
    public async Task An_answer_is_told_by_its_model_its_tokens_and_why_it_ended(string route, bool stream, string answer, string provider, string? said, long input, long output, string reason)
    {
        var model = shared.Upstream.Model(stream ? Answers.Events(answer.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(e => e + "\n\n").ToArray()) : Answers.Json(answer));

        var span = await CallAsync(route, model, stream);

        Assert.Equal($"chat {model}", span.DisplayName);
        Assert.Equal(ActivityKind.Client, span.Kind);
        Assert.Equal(ActivityStatusCode.Unset, span.Status);
        Assert.Equal("chat", span.GetTagItem("gen_ai.operation.name"));
        Assert.Equal(provider, span.GetTagItem("gen_ai.provider.name"));
        Assert.Equal(model, span.GetTagItem("gen_ai.request.model"));
        Assert.Equal(said, span.GetTagItem("gen_ai.response.model"));
        Assert.Equal(input, span.GetTagItem("gen_ai.usage.input_tokens"));
        Assert.Equal(output, span.GetTagItem("gen_ai.usage.output_tokens"));
        Assert.Equal([reason], Assert.IsType<string[]>(span.GetTagItem("gen_ai.response.finish_reasons")));
        Assert.Equal("127.0.0.1", span.GetTagItem("server.address"));
        Assert.Equal(shared.Upstream.Address.Port, span.GetTagItem("server.port"));
        Assert.Null(span.GetTagItem("error.type"));
    }

    public static TheoryData<string, bool, string, string, string?, long, long, string> GoodAnswers => new()
    {
        { Calls.Chat, false, Answers.ChatBody("Good morning").Replace("\"m\"", $"\"{Whole}\"", StringComparison.Ordinal), "openai", Whole, 11, 7, "stop" },
        { Calls.Chat, true, string.Concat(Answers.ChatStream("Good", " morning")[..^1]) + Answers.Data(new { model = "m", choices = Array.Empty<object>(), usage = new { prompt_tokens = 5, completion_tokens = 6 } }) + "data: [DONE]\n\n", "openai", "m", 5, 6, "stop" },
        { Calls.Messages, false, """{"type":"message","model":"claude-9","content":[{"type":"text","text":"Hi"}],"stop_reason":"max_tokens","usage":{"input_tokens":3,"cache_read_input_tokens":40,"cache_creation_input_tokens":2,"output_tokens":4}}""", "anthropic", "claude-9", 45, 4, "max_tokens" },
        { Calls.Messages, true, string.Concat(Streams.Messages("Good", " morning")), "anthropic", "m", 3, 9, "end_turn" },
        { Calls.Responses, false, """{"object":"response","model":"gpt-r","status":"incomplete","incomplete_details":{"reason":"max_output_tokens"},"output":[],"usage":{"input_tokens":8,"output_tokens":2}}""", "openai", "gpt-r", 8, 2, "max_output_tokens" },
        { Calls.Responses, true, string.Concat(Streams.Responses("Good", " morning")), "openai", null, 3, 9, "completed" },
    };

    [Fact]
    public async Task Embeddings_have_a_name_of_their_own_and_no_reason_to_end()
    {
        var model = shared.Upstream.Model(Answers.Json("""{"object":"list","model":"emb","data":[{"embedding":[0.1,0.2]}],"usage":{"prompt_tokens":4,"total_tokens":4}}"""));

        var span = await CallAsync("/v1/embeddings", model, body: JsonSerializer.Serialize(new { model, input = "Good morning" }));

        Assert.Equal($"embeddings {model}", span.DisplayName);
        Assert.Equal(4L, span.GetTagItem("gen_ai.usage.input_tokens"));
        Assert.Null(span.GetTagItem("gen_ai.usage.output_tokens"));
        Assert.Null(span.GetTagItem("gen_ai.response.finish_reasons"));
    }

    [Theory]
    [InlineData(429, "429")]
    [InlineData(503, "503")]
    [InlineData(307, "upstream_redirected")]
    public async Task An_upstreams_error_is_told_by_its_status(int status, string error)
    {
        var model = shared.Upstream.Model(Answers.Json("""{"error":{"message":"zebra","type":"zebra","code":"zebra"}}""", status));

        AssertFailed(error, await CallAsync(Calls.Chat, model));
    }

    [Theory]
    [InlineData(Calls.Chat)]
    [InlineData(Calls.Messages)]
    public async Task An_upstream_that_cannot_be_reached_is_told(string route)
    {
        var span = await CallAsync(route, "down");

        AssertFailed("upstream_unreachable", span);
        Assert.Equal("chat down", span.DisplayName);
        Assert.Equal(9, span.GetTagItem("server.port"));
    }

    [Fact]
    public async Task A_stream_that_breaks_off_is_told_with_what_was_known_by_then()
    {
        var model = shared.Upstream.Model(Answers.EventsThenCut(Streams.Messages("Good", " morning")[..3]));

        var span = await CallAsync(Calls.Messages, model, stream: true);

        AssertFailed("upstream_broke_off", span);
        Assert.Equal(3L, span.GetTagItem("gen_ai.usage.input_tokens"));
    }

    [Fact]
    public async Task An_error_inside_of_a_stream_is_told_although_its_status_was_a_success()
    {
        var model = shared.Upstream.Model(Answers.Events(Streams.Messages("Good")[0], Answers.Event("error", new { type = "error", error = new { type = "overloaded_error", message = "zebra" } })));

        AssertFailed("stream_error", await CallAsync(Calls.Messages, model, stream: true));
    }

    [Fact]
    public async Task A_caller_that_hangs_up_is_no_answer()
    {
        var model = shared.Upstream.Model(Answers.EventsThenSilence(Answers.ChatStream("Good")[..2]));
        using var hangup = new CancellationTokenSource();

        var (trace, _) = await TraceEar.InTraceAsync(async () =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, Calls.Chat) { Content = new StringContent(Calls.Body(Calls.Chat, model, stream: true), null, "application/json") };
            using var response = await shared.Host.Caller().SendAsync(request, HttpCompletionOption.ResponseHeadersRead, hangup.Token);
            return true;
        });

        AssertFailed("cancelled", await ear.ModelAsync(trace));
    }

    [Theory]
    [InlineData("""{"model":"the answer is zebra","usage":{"prompt_tokens":"zebra","completion_tokens":-3},"choices":[{"finish_reason":"zebra"}]}""")]
    [InlineData("""{"model":["zebra"],"usage":["zebra"],"choices":{"finish_reason":"zebra"},"message":"zebra","delta":"zebra","response":"zebra"}""")]
    [InlineData("""{"model":"AKIA4QX7NPLR2WMVKT3B","usage":{"prompt_tokens":1e99,"input_tokens":99999999999999999999},"stop_reason":{"zebra":1},"status":7}""")]
    [InlineData("""[{"model":"zebra"}]""")]
    public async Task What_an_upstream_writes_in_the_wrong_places_is_not_told(string answer)
    {
        foreach (var route in Calls.Routes)
        {
            var span = await CallAsync(route, shared.Upstream.Model(Answers.Json(answer)));

            Assert.Null(span.GetTagItem("gen_ai.response.model"));
            Assert.Null(span.GetTagItem("gen_ai.usage.input_tokens"));
            Assert.Null(span.GetTagItem("gen_ai.usage.output_tokens"));
            Assert.DoesNotContain(span.TagObjects, tag => tag.Value is string text && text.Contains("zebra", StringComparison.Ordinal));
            Assert.All(span.GetTagItem("gen_ai.response.finish_reasons") as string[] ?? [], reason => Assert.Equal("other", reason));
        }
    }

    public void Dispose() => ear.Dispose();

    private async Task<Activity> CallAsync(string route, string model, bool stream = false, string? body = null)
    {
        var (trace, _) = await TraceEar.InTraceAsync(() => shared.Host.Caller().PostAsync(route, body ?? Calls.Body(route, model, stream: stream)));
        return await ear.ModelAsync(trace);
    }

    private static void AssertFailed(string error, Activity span)
    {
        Assert.Equal(error, span.GetTagItem("error.type"));
        Assert.Equal(ActivityStatusCode.Error, span.Status);
        Assert.Null(span.StatusDescription);
        Assert.Empty(span.Events);
        Assert.DoesNotContain(span.TagObjects, tag => tag.Value is string text && text.Contains("zebra", StringComparison.Ordinal));
    }
}
