using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Bench;

/// <summary>
/// A model that costs as little as it can: prepared bytes, after a delay that the path names.
/// <c>/wait/MS/…</c> answers whole; <c>/sse/CHUNKS/MS/…</c> in chunks that say when they were sent; <c>/look/…</c> keeps the body for <c>GET /look</c>.
/// </summary>
internal static class MockUpstream
{
    /// <summary>Stands before the ticks in a chunk's id, and nowhere in what a gateway says by itself.</summary>
    public const string IdPrefix = "bench-";

    private const int Ticks = 20;

    private static readonly byte[] Whole = Encoding.UTF8.GetBytes(
        $$$"""{"id":"bench-whole","object":"chat.completion","created":1,"model":"bench","choices":[{"index":0,"message":{"role":"assistant","content":"{{{Prompts.Answer(40)}}}","refusal":null},"finish_reason":"stop","logprobs":null}],"usage":{"prompt_tokens":9,"completion_tokens":9,"total_tokens":18}}""");

    private static readonly byte[] First = Encoding.UTF8.GetBytes($"data: {{\"id\":\"{IdPrefix}");
    private static readonly byte[] Opening = Rest("""{"role":"assistant","content":""}""");
    private static readonly byte[][] Words = [.. Prompts.AnswerWords.Select(word => Rest($$"""{"content":"{{word}}"}"""))];
    private static readonly byte[] Closing = Rest("{}", "\"stop\"");
    private static readonly byte[] Done = "data: [DONE]\n\n"u8.ToArray();

    private static byte[] looked = [];
    private static long answered;

    public static async Task<int> RunAsync(string url)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(url);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        var app = builder.Build();
        app.Run(AnswerAsync);
        await app.RunAsync();
        return 0;
    }

    private static async Task AnswerAsync(HttpContext http)
    {
        var path = http.Request.Path.Value!.Split('/');
        if (HttpMethods.IsGet(http.Request.Method))
        {
            await http.Response.Body.WriteAsync(path[1] == "look" ? looked : Encoding.ASCII.GetBytes(Interlocked.Read(ref answered).ToString(CultureInfo.InvariantCulture)));
            return;
        }
        if (path[1] == "look") looked = await ReadAsync(http.Request);
        else await DrainAsync(http.Request);
        Interlocked.Increment(ref answered);
        if (path[1] == "sse") await StreamAsync(http.Response, Number(path[2]), Number(path[3]), http.RequestAborted);
        else await WholeAsync(http.Response, path[1] == "wait" ? Number(path[2]) : 0);
    }

    private static async Task WholeAsync(HttpResponse response, int wait)
    {
        if (wait > 0) await Task.Delay(TimeSpan.FromMilliseconds(wait), TimeProvider.System);
        response.ContentType = "application/json";
        response.ContentLength = Whole.Length;
        await response.Body.WriteAsync(Whole);
    }

    private static async Task StreamAsync(HttpResponse response, int chunks, int pause, CancellationToken ct)
    {
        response.ContentType = "text/event-stream";
        Send(response.BodyWriter, Opening);
        for (var i = 0; i < chunks; i++)
        {
            if (pause > 0)
            {
                await response.BodyWriter.FlushAsync(ct);
                await Task.Delay(TimeSpan.FromMilliseconds(pause), TimeProvider.System, ct);
            }
            Send(response.BodyWriter, Words[i % Words.Length]);
            if (pause == 0) await response.BodyWriter.FlushAsync(ct);
        }
        Send(response.BodyWriter, Closing);
        response.BodyWriter.Write(Done);
    }

    private static void Send(PipeWriter to, byte[] rest)
    {
        to.Write(First);
        Stopwatch.GetTimestamp().TryFormat(to.GetSpan(Ticks), out var written, default, CultureInfo.InvariantCulture);
        to.Advance(written);
        to.Write(rest);
    }

    private static byte[] Rest(string delta, string finish = "null") =>
        Encoding.UTF8.GetBytes("\"" + $$""","object":"chat.completion.chunk","created":1,"model":"bench","choices":[{"index":0,"delta":{{delta}},"finish_reason":{{finish}}}]}""" + "\n\n");

    private static async Task DrainAsync(HttpRequest request)
    {
        while (true)
        {
            var read = await request.BodyReader.ReadAsync();
            request.BodyReader.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted) return;
        }
    }

    private static async Task<byte[]> ReadAsync(HttpRequest request)
    {
        using var all = new MemoryStream();
        await request.Body.CopyToAsync(all);
        return all.ToArray();
    }

    private static int Number(string part) => int.Parse(part, CultureInfo.InvariantCulture);
}
