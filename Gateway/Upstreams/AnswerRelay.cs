using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Gateway.Dialects;
using Gateway.Prompts;
using Gateway.Masking;
using Gateway.Telemetry;
using Microsoft.Extensions.Options;

namespace Gateway.Upstreams;

/// <summary>What is known of an answer when all but its last bytes have left.</summary>
internal sealed record AnswerSummary(int Status, string ContentType, double UpstreamMs, int Hidden, ApiError? Failure);

/// <summary>A prompt goes where the configuration says and nowhere else, and so does its caller.</summary>
internal sealed class RedirectedAnswerException() : Exception("The upstream redirected.")
{
    public static ApiError Error => new(StatusCodes.Status502BadGateway, "upstream_redirected", "The upstream wants the prompt sent elsewhere. The gateway does not follow; check the upstream's BaseUrl.");
}

/// <summary>
/// Step 5 and 6 of the path: sends a prompt out, and lets the answer in event by event, masked. The last event, or the
/// whole of a plain answer, waits for <c>record</c>: nothing is complete before it is recorded.
/// </summary>
internal sealed class AnswerRelay(UpstreamDirectory upstreams, GenAiCalls calls, IOptions<UpstreamLimits> options, TimeProvider clock)
{
    private static readonly string[] PassedHeaders = ["request-id", "x-request-id", "retry-after", "retry-after-ms", "x-should-retry", "openai-processing-ms", "openai-version"];

    /// <param name="record">Makes the answer durable; given what leaves, its last bytes included.</param>
    /// <param name="inspect">Sees the whole answer before any of it leaves; null lets it stream.</param>
    /// <param name="meanwhile">Done once the prompt has left, while the model works.</param>
    public async Task RelayAsync(
        UpstreamOptions upstream, OutgoingPrompt prompt, AnswerMask mask, AnswerSink sink, Func<AnswerSummary, ReadOnlyMemory<byte>, Task> record, CancellationToken ct, InspectAnswer? inspect = null, Action? meanwhile = null)
    {
        var started = clock.GetTimestamp();
        using var call = calls.Begin(UpstreamDirectory.Target(upstream, prompt));
        AnswerSummary Summary(ApiError? failure = null)
        {
            call.End(sink.Status, failure?.Code); // what follows is recording, not the model's time
            return new(sink.Status, sink.ContentType, clock.GetElapsedTime(started).TotalMilliseconds, mask.Hidden, failure);
        }
        try
        {
            var answering = upstreams.SendAsync(upstream, prompt, ct);
            meanwhile?.Invoke();
            using var response = await sink.Others.AwaitAsync(new ValueTask<HttpResponseMessage>(answering));
            if ((int)response.StatusCode is >= 300 and < 400) throw new RedirectedAnswerException();
            var type = response.Content.Headers.ContentType;
            if (response.Content.Headers.ContentEncoding.Count > 0) throw new UnreadableAnswerException($"{type?.MediaType}, compressed");
            await using var body = new AnswerStream(await response.Content.ReadAsStreamAsync(ct), upstream.Name, options.Value, sink.Others, ct, response.Content.Headers.ContentLength);
            var arrival = new Arrival((int)response.StatusCode, type, Passed(response.Headers), body);
            if (inspect is not null)
            {
                var whole = new HeldAnswer(arrival.Status, type?.ToString() ?? "", arrival.Headers.ToDictionary(), (await body.ReadAllAsync()).ToArray(), mask.Pseudonyms.Export());
                await inspect(whole);
                arrival = ArrivalOf(whole, sink, ct);
            }
            await LetInAsync(arrival, prompt, mask, sink, call.LookWith(prompt.Dialect), last => record(Summary(), last), ct);
        }
        catch (Exception fault) when (ErrorOf(fault) is { } error)
        {
            await FailAsync(error.About(sink.TicketId), prompt, sink, last => record(Summary(error), last));
        }
    }

    /// <summary>Lets an answer in that was held until people had looked at it.</summary>
    public async Task ReplayAsync(HeldAnswer held, OutgoingPrompt prompt, AnswerMask mask, AnswerSink sink, Func<AnswerSummary, ReadOnlyMemory<byte>, Task> record, CancellationToken ct)
    {
        AnswerSummary Summary(ApiError? failure = null) => new(sink.Status, sink.ContentType, 0, mask.Hidden, failure);
        try
        {
            await LetInAsync(ArrivalOf(held, sink, ct), prompt, mask, sink, null, last => record(Summary(), last), ct);
        }
        catch (Exception fault) when (ErrorOf(fault) is { } error)
        {
            await FailAsync(error.About(sink.TicketId), prompt, sink, last => record(Summary(error), last));
        }
    }

    /// <param name="record">Called with the last bytes before they leave.</param>
    private static async Task LetInAsync(Arrival arrival, OutgoingPrompt prompt, AnswerMask mask, AnswerSink sink, Action<JsonObject>? look, Func<ReadOnlyMemory<byte>, Task> record, CancellationToken ct)
    {
        await using var body = arrival.Body; // of an answer that was held nobody else disposes it
        if (arrival.Type?.MediaType == "text/event-stream")
        {
            sink.Begin(arrival.Status, "text/event-stream", arrival.Headers);
            await new StreamedAnswer(prompt.Dialect, mask, look).CopyAsync(body, sink, record, ct);
            return;
        }
        var answer = WholeAnswer.Mask(await body.ReadAllAsync(), arrival.Type, mask, look);
        var streaming = sink.CallerStreams;
        sink.Begin(arrival.Status, TypeOf(arrival.Type), arrival.Headers);
        await record(answer);
        // A caller in the middle of a stream could make nothing of a plain body.
        if (streaming) await sink.TellAsync(StreamError(prompt, ApiError.NotStreamed(sink.Status, sink.TicketId)));
        else await sink.WriteWholeAsync(answer);
    }

    private Arrival ArrivalOf(HeldAnswer held, AnswerSink sink, CancellationToken ct) =>
        new(held.Status, held.ContentType.Length > 0 ? MediaTypeHeaderValue.Parse(held.ContentType) : null, held.Headers, new AnswerStream(new MemoryStream(held.Body), "held", options.Value, sink.Others, ct, held.Body.Length));

    /// <summary>Before the first byte an error is a status; after it, the stream says so in its own words and ends.</summary>
    private static async Task FailAsync(ApiError error, OutgoingPrompt prompt, AnswerSink sink, Func<ReadOnlyMemory<byte>, Task> record)
    {
        var (began, streaming) = (sink.Began, sink.CallerStreams);
        if (!began) sink.Begin(error.Status, "application/json", []);
        var body = began ? StreamError(prompt, error) : prompt.Dialect.Error(error);
        await record(body);
        await sink.TellAsync(streaming ? StreamError(prompt, error) : body);
    }

    private static byte[] StreamError(OutgoingPrompt prompt, ApiError error) => Encoding.UTF8.GetBytes(prompt.Dialect.StreamError(error));

    /// <summary>Only what was understood is passed on: the type, and UTF-8, which it was checked to be.</summary>
    private static string TypeOf(MediaTypeHeaderValue? type) => type?.MediaType is not { } media ? "application/json" : type.CharSet is null ? media : $"{media}; charset=utf-8";

    private static ApiError? ErrorOf(Exception fault) => fault switch
    {
        UpstreamException upstream => upstream.Error,
        AnswerTooLargeException => AnswerTooLargeException.Error,
        UnreadableAnswerException unreadable => unreadable.Error,
        RedirectedAnswerException => RedirectedAnswerException.Error,
        AnswerStoppedException stopped => stopped.Error,
        HttpRequestException or IOException => new ApiError(StatusCodes.Status502BadGateway, "upstream_broke_off", "The upstream broke off in the middle of its answer."),
        _ => null,
    };

    private static IEnumerable<KeyValuePair<string, string>> Passed(HttpResponseHeaders headers) =>
        headers.Where(h => PassedHeaders.Contains(h.Key, StringComparer.OrdinalIgnoreCase)
                || h.Key.StartsWith("x-ratelimit-", StringComparison.OrdinalIgnoreCase)
                || h.Key.StartsWith("anthropic-ratelimit-", StringComparison.OrdinalIgnoreCase))
            .Select(h => KeyValuePair.Create(h.Key, string.Join(',', h.Value)))
            .Where(h => h.Value.All(c => c is >= ' ' and <= '~')); // another one could not be sent

    /// <summary>An answer as it comes in, from an upstream or from where it was held.</summary>
    private sealed record Arrival(int Status, MediaTypeHeaderValue? Type, IEnumerable<KeyValuePair<string, string>> Headers, AnswerStream Body);
}
