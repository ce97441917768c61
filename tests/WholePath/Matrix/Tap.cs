using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Http;
using WholePath.Support;

namespace WholePath.Matrix;

/// <summary>What one cell's client did on the wire.</summary>
internal sealed class Traffic(Uri product)
{
    private int posts;

    public Uri Product { get; } = product;

    /// <summary>Requests that reached the gateway's door, retries included.</summary>
    public int Posts => Volatile.Read(ref posts);

    public ConcurrentQueue<int> Statuses { get; } = new();

    /// <summary>Done when headers of an answer have come back.</summary>
    public TaskCompletionSource Opened { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Done when the first request is over: answered to its end, or its client has hung up.</summary>
    public TaskCompletionSource FirstEnded { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public int Count() => Interlocked.Increment(ref posts);
}

/// <summary>
/// Stands between the clients and the product and changes nothing: it counts. The first segment of the path says whose
/// call it is; a client's hang-up is passed on as one.
/// </summary>
internal sealed class Tap : IAsyncDisposable
{
    private static readonly string[] PerConnection = ["Host", "Connection", "Transfer-Encoding", "Keep-Alive", "Expect"];

    private readonly ConcurrentDictionary<string, Traffic> cells = new();
    private readonly HttpMessageInvoker onward = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false });
    private LocalHost host = null!; // set by StartAsync

    public static async Task<Tap> StartAsync()
    {
        var tap = new Tap();
        tap.host = await LocalHost.StartAsync(tap.PassAsync);
        return tap;
    }

    /// <returns>The base URL, without <c>/v1</c>, that leads this cell's client to the product.</returns>
    public (string Url, Traffic Traffic) Open(string cell, Uri product) => ($"{host.Url}{cell}", cells[cell] = new Traffic(product));

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        onward.Dispose();
    }

    private async Task PassAsync(HttpContext http)
    {
        var path = http.Request.Path.Value!.Split('/', 3);
        var traffic = cells[path[1]];
        var isFirst = traffic.Count() == 1;
        try
        {
            using var request = await RequestAsync(http, new Uri(traffic.Product, path[2]));
            using var response = await onward.SendAsync(request, http.RequestAborted);
            traffic.Statuses.Enqueue((int)response.StatusCode);
            await AnswerAsync(http, response, traffic);
        }
        catch (Exception fault) when (http.RequestAborted.IsCancellationRequested && fault is OperationCanceledException or IOException or HttpRequestException)
        {
            // The client hung up; disposing the request does the same to the product.
        }
        finally
        {
            if (isFirst) traffic.FirstEnded.TrySetResult();
        }
    }

    private static async Task<HttpRequestMessage> RequestAsync(HttpContext http, Uri target)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        var request = new HttpRequestMessage(new HttpMethod(http.Request.Method), target) { Content = new ByteArrayContent(body.ToArray()) };
        foreach (var (name, values) in http.Request.Headers)
        {
            if (PerConnection.Contains(name, StringComparer.OrdinalIgnoreCase)) continue;
            if (!request.Headers.TryAddWithoutValidation(name, values.AsEnumerable())) request.Content.Headers.TryAddWithoutValidation(name, values.AsEnumerable());
        }
        return request;
    }

    private static async Task AnswerAsync(HttpContext http, HttpResponseMessage response, Traffic traffic)
    {
        http.Response.StatusCode = (int)response.StatusCode;
        foreach (var (name, values) in response.Headers.Concat(response.Content.Headers))
        {
            if (!PerConnection.Contains(name, StringComparer.OrdinalIgnoreCase)) http.Response.Headers[name] = values.ToArray();
        }
        await http.Response.StartAsync(http.RequestAborted);
        traffic.Opened.TrySetResult();
        await using var body = await response.Content.ReadAsStreamAsync(http.RequestAborted);
        var buffer = new byte[16 * 1024];
        while (await body.ReadAsync(buffer, http.RequestAborted) is > 0 and var read)
        {
            await http.Response.Body.WriteAsync(buffer.AsMemory(0, read), http.RequestAborted);
            await http.Response.Body.FlushAsync(http.RequestAborted);
        }
    }
}
