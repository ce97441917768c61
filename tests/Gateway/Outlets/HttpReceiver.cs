using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Gateway.Tests.Outlets;

internal sealed record Post(string Path, IReadOnlyDictionary<string, string> Headers, string Body, int Status);

/// <summary>Takes what is posted, and answers what a test says.</summary>
internal sealed class HttpReceiver : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<Post> posts = new();

    private HttpReceiver(WebApplication app) => this.app = app;

    public Uri Address => new(app.Urls.Single());
    public IReadOnlyList<Post> All => [.. posts];
    public IReadOnlyList<Post> Accepted => [.. posts.Where(post => post.Status == StatusCodes.Status200OK)];

    /// <summary>The status for a post, by how many came before it.</summary>
    public Func<int, HttpContext, Task<int>> Answer { get; set; } = (_, _) => Task.FromResult(StatusCodes.Status200OK);
    public string Says { get; set; } = "{}";

    public static async Task<HttpReceiver> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var receiver = new HttpReceiver(builder.Build());
        receiver.app.Run(receiver.HandleAsync);
        await receiver.app.StartAsync();
        return receiver;
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }

    private async Task HandleAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        var body = await reader.ReadToEndAsync();
        var status = await Answer(posts.Count, http);
        posts.Enqueue(new Post(http.Request.Path, http.Request.Headers.ToDictionary(header => header.Key.ToLowerInvariant(), header => header.Value.ToString()), body, status));
        http.Response.StatusCode = status;
        await http.Response.WriteAsync(Says);
    }
}
