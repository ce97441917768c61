using System.Net;
using System.Net.Http.Json;
using Approvals.Storage;
using Approvals.Engines;
using Approvals.Workflow;
using Contracts;
using Contracts.Api;
using Contracts.Messages;
using MassTransit;
using Shared;
using Tests.Servers;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Approvals.Tests.Support;

/// <summary>The whole service as a process would run it: Kestrel, a real database, in-memory bus, a clock the test owns unless it asks for the real one.</summary>
internal sealed class ApprovalsHost : IAsyncDisposable
{
    /// <summary>What reads reviews now and then, whatever a test does; left out where queries are counted or nothing may become due.</summary>
    private static readonly Type[] LooksByItself = [typeof(PollingEngine), typeof(OnceOpen<Census>)];

    private readonly WebApplication app;
    private readonly List<HttpClient> clients = [];
    private bool started;

    private readonly TimeProvider time;

    private ApprovalsHost(WebApplication app, TimeProvider time) => (this.app, this.time) = (app, time);

    public FakeTimeProvider Clock => (FakeTimeProvider)time;
    public ReviewDesk Desk => app.Services.GetRequiredService<ReviewDesk>();
    public Heard.Log Heard => app.Services.GetRequiredService<Heard.Log>();
    public Uri Address => new(app.Urls.Single());
    public IServiceProvider Services => app.Services;

    public static Task<ApprovalsHost> StartAsync(TempStore store, FakeTimeProvider? clock = null, bool polling = true) =>
        StartAsync(Sqlite(store), clock, polling);

    public static async Task<ApprovalsHost> StartAsync(TestDatabase database, FakeTimeProvider? clock = null, bool polling = true)
    {
        var host = await BuildAsync(database, clock, polling);
        await host.RunAsync();
        return host;
    }

    /// <summary>With these settings besides, and a clock the test owns.</summary>
    public static async Task<ApprovalsHost> StartAsync(TempStore store, params KeyValuePair<string, string?>[] settings)
    {
        var host = await BuildAsync(Sqlite(store).Settings("Approvals:Storage").Concat(settings), new FakeTimeProvider(Given.Start), polling: true);
        await host.RunAsync();
        return host;
    }

    /// <summary>With these settings and the machine's clock.</summary>
    public static async Task<ApprovalsHost> StartAsync(IEnumerable<KeyValuePair<string, string?>> settings)
    {
        var host = await BuildAsync(settings, TimeProvider.System, polling: true);
        await host.RunAsync();
        return host;
    }

    /// <summary>With these settings, this clock, and everything said told to <paramref name="logs"/>.</summary>
    public static async Task<ApprovalsHost> StartAsync(IEnumerable<KeyValuePair<string, string?>> settings, FakeTimeProvider clock, ILoggerProvider? logs = null)
    {
        var host = await BuildAsync(settings, clock, polling: true, logs);
        await host.RunAsync();
        return host;
    }

    /// <summary>Migrated and wired, with nothing running: no poller, no dispatcher, so the outbox keeps what was written.</summary>
    public static Task<ApprovalsHost> BuildAsync(TempStore store, FakeTimeProvider? clock = null, bool polling = true) =>
        BuildAsync(Sqlite(store), clock, polling);

    public static Task<ApprovalsHost> BuildAsync(TestDatabase database, FakeTimeProvider? clock = null, bool polling = true) =>
        BuildAsync(database.Settings("Approvals:Storage"), clock ?? new FakeTimeProvider(Given.Start), polling);

    private static TestDatabase Sqlite(TempStore store) => new("Sqlite", store.ConnectionString);

    private static async Task<ApprovalsHost> BuildAsync(IEnumerable<KeyValuePair<string, string?>> settings, TimeProvider clock, bool polling, ILoggerProvider? logs = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection([KeyValuePair.Create<string, string?>("Workflow:PollEvery", "00:00:00.050"), new("Notifications:LookEvery", "00:00:00.050")]).AddInMemoryCollection(settings);
        builder.Logging.ClearProviders();
        if (logs is not null) builder.Logging.AddProvider(logs).SetMinimumLevel(LogLevel.Trace);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(clock);
        builder.Services.AddSingleton<Heard.Log>();
        builder.Services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, HeaderPeople>(PersonClaims.Scheme, null);
        builder.AddApprovals();
        foreach (var looking in polling ? [] : LooksByItself) builder.Services.Remove(builder.Services.Single(service => service.ImplementationType == looking));
        builder.Services.Configure<MassTransitHostOptions>(bus => bus.WaitUntilStarted = true);
        builder.Services.AddMassTransit(bus =>
        {
            bus.DisableUsageTelemetry();
            bus.AddApprovalsConsumers();
            bus.AddConsumer<Heard>();
            bus.UsingInMemory((context, transport) => transport.ConfigureEndpoints(context));
        });

        var app = builder.Build();
        app.MapApprovals();
        await app.Services.MigrateApprovalsAsync(byCommand: false, CancellationToken.None);
        return new ApprovalsHost(app, clock);
    }

    /// <summary>A client that is signed in as this person; null is nobody.</summary>
    public HttpClient As(string? name, string groups = "reviewers", string permissions = Permissions.Review, int secondsAgo = 0)
    {
        var client = new HttpClient { BaseAddress = Address };
        if (name is not null) client.DefaultRequestHeaders.Add(HeaderPeople.Header, HeaderPeople.Describe(name, groups, permissions, secondsAgo));
        clients.Add(client);
        return client;
    }

    public Task PublishAsync<T>(T message) where T : class => app.Services.GetRequiredService<IBus>().Publish(message);

    /// <summary>Parks a prompt over the bus and waits until people can see it.</summary>
    public async Task<PromptParked> ParkAsync(PromptParked? prompt = null)
    {
        prompt ??= Given.Prompt(at: time.GetUtcNow());
        await PublishAsync(prompt);
        await Heard.WaitAsync<ReviewChanged>(change => change.Review.Id == prompt.TicketId);
        return prompt;
    }

    public async Task<T> ReadAsync<T>(Func<ApprovalsStore, Task<T>> read)
    {
        await using var store = await app.Services.GetRequiredService<IDbContextFactory<ApprovalsStore>>().CreateDbContextAsync();
        return await read(store);
    }

    public Task<Review> ReviewAsync(string id) => ReadAsync(store => store.Reviews.AsNoTracking().SingleAsync(review => review.Id == id));

    private async Task RunAsync()
    {
        await app.StartAsync();
        started = true;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in clients) client.Dispose();
        if (started) await app.StopAsync();
        await app.DisposeAsync();
    }
}

internal static class ApiCalls
{
    public static async Task<T> GetAsync<T>(this HttpClient client, string path) =>
        await client.GetFromJsonAsync<T>(path, JsonWire.Options) ?? throw new InvalidOperationException("An empty answer.");

    public static Task<HttpResponseMessage> VoteAsync(this HttpClient client, string id, CastVote vote) =>
        client.PostAsJsonAsync($"/api/reviews/{id}/votes", vote, JsonWire.Options);

    public static Task<HttpResponseMessage> BreakGlassAsync(this HttpClient client, string id, BreakGlass? deed = null) =>
        client.PostAsJsonAsync($"/api/reviews/{id}/break-glass", deed ?? Given.Glass(), JsonWire.Options);

    public static Task<HttpResponseMessage> AskAsync(this HttpClient client, string id, string verb, ReviewOperation? operation = null) =>
        client.PostAsJsonAsync($"/api/reviews/{id}/{verb}", operation ?? Given.Operation(), JsonWire.Options);

    public static async Task<T> BodyAsync<T>(this HttpResponseMessage response, HttpStatusCode expected = HttpStatusCode.OK)
    {
        Assert.Equal(expected, response.StatusCode);
        return await response.Content.ReadFromJsonAsync<T>(JsonWire.Options) ?? throw new InvalidOperationException("An empty answer.");
    }

    /// <summary>The 409's conflict, after looking at the problem around it.</summary>
    public static async Task<ReviewConflict> ConflictAsync(this HttpResponseMessage response, string type)
    {
        var problem = await response.BodyAsync<ConflictProblem>(HttpStatusCode.Conflict);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal($"urn:approvals:problem:{type}", problem.Type);
        Assert.Equal(409, problem.Status);
        return problem.Conflict;
    }

    internal sealed record ConflictProblem(string Type, string Title, int Status, string Detail, ReviewConflict Conflict);
}
