using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text;

namespace Bench;

/// <summary>Twice as much as the gateway can do, offered on a fixed schedule that does not wait for answers.</summary>
internal sealed class Overload(GatewayUnderTest gateway, BenchOptions options, string folder, Report report)
{
    private const int Size = 1024;
    private const int Connections = 32;

    /// <summary>As many as the gateway lets wait for their turn (<c>Load:MostWaiting</c>): the fullest it can be without refusing anybody.</summary>
    private const int Fullest = 256;

    /// <summary>What this process holds open at once; what is due beyond it is not offered, and said.</summary>
    private const int MostOpen = 6_000;

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    /// <summary>In which this process opens its connections by the hundred and compiles what sends: it counts for what is lost, and is not timed.</summary>
    private static readonly TimeSpan RunUp = TimeSpan.FromSeconds(1);

    /// <summary>Of answers asked for after the run-up.</summary>
    private readonly ConcurrentBag<double> accepted = [];
    private int answered, refused, withoutRetryAfter, broken, open;

    public async Task RunAsync()
    {
        var url = gateway.Url + Model.Route;
        var bodies = Wrk.Bodies(folder, Model.AtOnce, Size, stream: false);
        await Wrk.RunAsync(url, bodies, Connections, options.Seconds * 3); // warms up
        var most = await Wrk.RunAsync(url, bodies, Connections, options.Seconds * 2);
        var full = await Wrk.RunAsync(url, bodies, Fullest, options.Seconds * 2);
        await QuietAsync();
        var before = await gateway.AnsweredAsync();

        var (offered, notOffered) = await OfferAsync(url, 2 * most.PerSecond, TimeSpan.FromSeconds(options.Full ? 16 : 6));
        await QuietAsync();
        var recorded = await gateway.AnsweredAsync() - before;

        var lost = answered - Math.Min(recorded, answered);
        report.Table("Twice as much as it can do", ["", ""],
        [
            ["it can do, a second", most.PerSecond.Whole()], ["its p50 then, ms", most.P50.Ms()], ["its p99 then, ms", most.P99.Ms()], [$"p50 with {Fullest} callers, as many as may wait, ms", full.P50.Ms()], [$"p99 with {Fullest} callers, ms", full.P99.Ms()],
            ["offered", N(offered)], ["due, but not offered: so many were open", N(notOffered)], ["accepted", N(answered)], ["refused (429, 503)", N(refused)], ["of those without Retry-After", N(withoutRetryAfter)], ["broken off", N(broken)],
            [string.Create(System.Globalization.CultureInfo.InvariantCulture, $"accepted p50 after {RunUp.TotalSeconds} s, ms"), Figures.Percentile(accepted, 50).Ms()], ["accepted p99, ms", Figures.Percentile(accepted, 99).Ms()], ["answered without an entry in the trail", N(lost)],
        ]);
        Slower($"accepted p99 at twice the load, of that with {Connections} callers", most.P99);
        Slower($"accepted p99 at twice the load, of that with {Fullest} callers", full.P99);
        report.Goal("lost at twice the load", "0", lost + broken, lost + broken == 0);

        void Slower(string goal, double of) => report.Goal(goal, "≤ 2", Figures.Percentile(accepted, 99) / of, Figures.Percentile(accepted, 99) <= 2 * of);
        static string N(long number) => ((double)number).Whole();
    }

    private async Task<(int Offered, int NotOffered)> OfferAsync(string url, double perSecond, TimeSpan during)
    {
        using var client = new HttpMessageInvoker(new SocketsHttpHandler { UseProxy = false });
        byte[][] texts = [.. Enumerable.Range(0, 64).Select(number => Encoding.UTF8.GetBytes(Prompts.Chat(Model.AtOnce.Name, Size, number)))];
        var sent = new List<Task>();
        var (due, notOffered) = (0, 0);
        var began = Stopwatch.GetTimestamp();
        for (TimeSpan now; (now = Stopwatch.GetElapsedTime(began)) < during;)
        {
            for (; due < now.TotalSeconds * perSecond; due++)
            {
                if (Volatile.Read(ref open) >= MostOpen) notOffered++;
                else sent.Add(SendAsync(client, url, texts[due % texts.Length], timed: now > RunUp));
            }
            await Task.Delay(Tick, TimeProvider.System);
        }
        await Task.WhenAll(sent);
        return (sent.Count, notOffered);
    }

    private async Task SendAsync(HttpMessageInvoker client, string url, byte[] body, bool timed)
    {
        Interlocked.Increment(ref open);
        var began = Stopwatch.GetTimestamp();
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(body) };
            request.Content.Headers.ContentType = new("application/json");
            request.Headers.Authorization = new("Bearer", GatewayUnderTest.CallerKey);
            using var answer = await client.SendAsync(request, CancellationToken.None);
            await answer.Content.CopyToAsync(Stream.Null);
            if (answer.StatusCode == HttpStatusCode.OK) Accepted(timed ? Stopwatch.GetElapsedTime(began) : null);
            else if (answer.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable) Refused(answer);
            else Interlocked.Increment(ref broken);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException)
        {
            Interlocked.Increment(ref broken);
        }
        finally
        {
            Interlocked.Decrement(ref open);
        }
    }

    private void Accepted(TimeSpan? took)
    {
        Interlocked.Increment(ref answered);
        if (took is { } time) accepted.Add(time.TotalMilliseconds);
    }

    private void Refused(HttpResponseMessage answer)
    {
        Interlocked.Increment(ref refused);
        if (answer.Headers.RetryAfter is null) Interlocked.Increment(ref withoutRetryAfter);
    }

    /// <summary>Until nothing more is recorded: what was cut off may still be on its way.</summary>
    private async Task QuietAsync()
    {
        for (long last = -1, now; (now = await gateway.CallsAsync()) != last; last = now) await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System);
    }
}
