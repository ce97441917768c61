using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Approvals.Tests.Notifications;

/// <summary>Takes what Slack and Teams would take, over real HTTP.</summary>
internal sealed class ChatServer : IAsyncDisposable
{
    public const string Secret = "T0-secret-B0-path";
    private readonly ConcurrentQueue<string> bodies = new();
    private readonly ConcurrentQueue<string> answers = new();
    private readonly WebApplication app;

    private ChatServer(WebApplication app) => this.app = app;

    public string Url => $"{app.Urls.Single()}/services/{Secret}";

    /// <summary>Where it wants to hear what became of a click.</summary>
    public string AnswerUrl => $"{app.Urls.Single()}/actions/{Secret}";

    /// <summary>Answers the next posts; they are kept in any case.</summary>
    public Func<HttpContext, Task> Answer { get; set; } = _ => Task.CompletedTask;
    public IReadOnlyList<string> Bodies => [.. bodies];
    public IReadOnlyList<JsonNode> Answers => [.. answers.Select(answer => JsonNode.Parse(answer)!)];
    public JsonNode Last => JsonNode.Parse(bodies.Last())!; // a body is never null

    public static async Task<ChatServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var server = new ChatServer(app);
        app.MapPost($"/services/{Secret}", async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            server.bodies.Enqueue(await reader.ReadToEndAsync());
            await server.Answer(context);
        });
        app.MapPost($"/actions/{Secret}", async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            server.answers.Enqueue(await reader.ReadToEndAsync());
            await server.Answer(context);
        });
        await app.StartAsync();
        return server;
    }

    public void Refuse(HttpStatusCode status) => Answer = context =>
    {
        context.Response.StatusCode = (int)status;
        return Task.CompletedTask;
    };

    public void TakeAll() => Answer = _ => Task.CompletedTask;

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
