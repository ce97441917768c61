using System.Buffers;
using Gateway.Dialects;
using Gateway.Load;
using Gateway.Texts;

namespace Gateway.Upstreams;

/// <summary>
/// Where an answer leaves: to a caller who may hang up at any moment, or to nobody. Keeps a copy of all that left, so that
/// it can be recorded and given again.
/// </summary>
/// <param name="clock">Measures what the caller's reading takes.</param>
/// <param name="ticketId">The ticket this is the one execution of; null for an answer that is not waited for.</param>
/// <param name="share">What the call takes of the gateway's work; null where it is not counted.</param>
internal sealed class AnswerSink(HttpContext? caller, int largest, TimeProvider clock, string? ticketId = null, OwnWork.Share? share = null)
{
    private readonly ArrayBufferWriter<byte> left = new(1024);

    public string? TicketId => ticketId;

    public AnswerTimes Times { get; } = new(clock);

    /// <summary>What the upstream and the caller took; the rest of the time is the gateway's own.</summary>
    public OthersTime Others { get; } = new(clock, share);
    public int Status { get; private set; } = StatusCodes.Status200OK;
    public string ContentType { get; private set; } = "application/json";
    public bool Began { get; private set; }

    /// <summary>The caller already reads a 200 and a stream, so a status can say nothing any more.</summary>
    public bool CallerStreams => caller?.Response.HasStarted ?? false;

    /// <summary>The caller went away; the answer still runs to its end for the record.</summary>
    public bool HungUp => caller?.RequestAborted.IsCancellationRequested ?? false;

    public ReadOnlyMemory<byte> Left => left.WrittenMemory;

    /// <param name="headers">Upstream headers worth passing on; never cookies, never credentials.</param>
    public void Begin(int status, string contentType, IEnumerable<KeyValuePair<string, string>> headers)
    {
        Began = true;
        Status = status;
        ContentType = contentType;
        if (caller is null || caller.Response.HasStarted) return;
        caller.Response.StatusCode = status;
        caller.Response.ContentType = contentType;
        foreach (var (name, value) in headers) caller.Response.Headers[name] = value;
        // A release is executed once: asking again would only give the same failure again.
        if (ticketId is not null && status >= StatusCodes.Status400BadRequest) caller.Response.Headers["x-should-retry"] = "false";
        if (contentType.StartsWith("text/event-stream", StringComparison.Ordinal)) caller.Response.Headers.CacheControl = "no-cache";
    }

    public Task WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length == 0) return Task.CompletedTask;
        Keep(bytes);
        return TellAsync(bytes);
    }

    /// <summary>All there is: a caller who knows its length gets it in one piece.</summary>
    public Task WriteWholeAsync(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length == 0) return Task.CompletedTask;
        Keep(bytes);
        if (caller is { Response.HasStarted: false }) caller.Response.ContentLength = bytes.Length;
        return TellAsync(bytes);
    }

    private void Keep(ReadOnlyMemory<byte> bytes)
    {
        if (left.WrittenCount + bytes.Length > largest) throw new AnswerTooLargeException();
        left.Write(bytes.Span);
        Times.Left(left.WrittenCount);
    }

    /// <summary>For the caller's eyes only: it may end its answer in other words than the record's, and past the bound.</summary>
    public async Task TellAsync(ReadOnlyMemory<byte> bytes)
    {
        if (caller is null || HungUp) return;
        try
        {
            await Others.AwaitAsync(caller.Response.Body.WriteAsync(bytes, caller.RequestAborted));
            await Others.AwaitAsync(new ValueTask(caller.Response.Body.FlushAsync(caller.RequestAborted)));
        }
        catch (Exception fault) when (fault is OperationCanceledException or IOException && HungUp)
        {
            // Hanging up is a normal case and not a cancellation: the rest is for the record.
        }
    }
}

internal sealed class AnswerTooLargeException() : Exception("The upstream's answer is larger than the gateway keeps.")
{
    public static ApiError Error => new(StatusCodes.Status502BadGateway, "answer_too_large", "The upstream's answer is larger than the gateway is set to keep (Proxy:LargestAnswer).");
}
