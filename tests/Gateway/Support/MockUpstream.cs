using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Gateway.Tests.Support;

/// <summary>A request as it arrived, byte for byte.</summary>
internal sealed record Received(string Method, string Target, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public string Text => System.Text.Encoding.UTF8.GetString(Body);
}

/// <summary>What an upstream does with a request.</summary>
internal delegate Task Answer(HttpContext http, Received request);

/// <summary>
/// An upstream on a real socket that plays what a test wrote. Each script has a model name of its own, so tests that run
/// side by side do not meet.
/// </summary>
internal sealed class MockUpstream : IAsyncDisposable
{
    public const string Key = "upstream-own-key-31f0";
    private static int models;

    private readonly WebApplication app;
    private readonly ConcurrentDictionary<string, Answer> scripts = new();
    private readonly ConcurrentQueue<(string Model, Received Request)> received = new();

    private MockUpstream(WebApplication app) => this.app = app;

    public Uri Address => new(app.Urls.Single());

    /// <summary>Everything that ever arrived, whoever sent it.</summary>
    public IReadOnlyList<Received> All => [.. received.Select(r => r.Request)];

    public static async Task<MockUpstream> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0").ConfigureKestrel(o => o.Limits.MaxRequestBodySize = null);
        builder.Logging.ClearProviders();
        var upstream = new MockUpstream(builder.Build());
        upstream.app.Run(upstream.HandleAsync);
        await upstream.app.StartAsync();
        return upstream;
    }

    /// <summary>A model that answers like this.</summary>
    public string Model(Answer answer)
    {
        var model = $"m-{Interlocked.Increment(ref models)}-{Guid.NewGuid():N}";
        scripts[model] = answer;
        return model;
    }

    public void Change(string model, Answer answer) => scripts[model] = answer;

    public IReadOnlyList<Received> For(string model) => [.. received.Where(r => r.Model == model).Select(r => r.Request)];

    public Received Only(string model) => Assert.Single(For(model));

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private async Task HandleAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        var headers = http.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        var request = new Received(http.Request.Method, http.Request.Path.ToUriComponent() + http.Request.QueryString, headers, body.ToArray());
        var model = ModelOf(request);
        received.Enqueue((model, request));
        if (scripts.TryGetValue(model, out var answer)) await answer(http, request);
        else http.Response.StatusCode = StatusCodes.Status418ImATeapot;
    }

    /// <summary>The script's name is also taken from the path, for bodies that are not JSON.</summary>
    private static string ModelOf(Received request)
    {
        if (request.Target.LastIndexOf("/m-", StringComparison.Ordinal) is >= 0 and var at) return request.Target[(at + 1)..];
        try
        {
            using var json = JsonDocument.Parse(request.Body);
            return json.RootElement.TryGetProperty("model", out var model) ? model.GetString() ?? "" : "";
        }
        catch (JsonException)
        {
            return "";
        }
    }
}
