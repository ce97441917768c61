using System.Net.Http.Headers;
using System.Net.Http.Json;
using Contracts;
using Contracts.Api;
using Contracts.Messages;
using Gateway.Audit;
using Gateway.Embedded;
using Gateway.Parking;
using Gateway.Policy;
using Gateway.Storage;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Tests.Servers;

namespace Gateway.Tests.Support;

/// <summary>The embedded product in this process, composed as <c>Program</c> composes it: Kestrel on a free port, real SQLite files, a mock upstream.</summary>
internal sealed class GatewayHost : IAsyncDisposable
{
    public const string AliceKey = "alice-key-0123456789";
    public const string BobKey = "bob-key-0123456789ab";

    /// <summary>Of a caller that may use the model <c>m-only</c> and no other.</summary>
    public const string NarrowKey = "narrow-key-0123456789";
    public const string SignInToken = "sign-in-token-0123456789";

    private readonly WebApplication app;
    private readonly bool ownsData;
    private readonly List<HttpClient> clients = [];

    private GatewayHost(WebApplication app, MockUpstream upstream, CapturedLogs logs, string data, bool ownsData) =>
        (this.app, Upstream, Logs, DataFolder, this.ownsData) = (app, upstream, logs, data, ownsData);

    public MockUpstream Upstream { get; }
    public CapturedLogs Logs { get; }
    public string DataFolder { get; }
    public Uri Address => new(app.Urls.Single());
    public IServiceProvider Services => app.Services;

    /// <summary>Tickets somebody waits for on a connection now.</summary>
    public int Watched => Services.GetRequiredService<TicketWatch>().Watched;
    public PolicyInForce Policies => Services.GetRequiredService<PolicyInForce>();
    public ParkingLot Lot => Services.GetRequiredService<ParkingLot>();
    public TicketSteps Steps => Services.GetRequiredService<TicketSteps>();

    /// <param name="upstream">Kept by the caller; not disposed with this host.</param>
    /// <param name="data">A data folder to go on with; null for one of its own.</param>
    public static async Task<GatewayHost> StartAsync(
        MockUpstream upstream, Dictionary<string, string?>? settings = null, TimeProvider? clock = null, string? data = null, LogLevel logLevel = LogLevel.Warning, Action<IServiceCollection>? services = null)
    {
        var folder = data ?? Directory.CreateTempSubdirectory("gateway-test-").FullName;
        var logs = new CapturedLogs();
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = "Gateway", EnvironmentName = "Production", ContentRootPath = folder });
        builder.Configuration.AddInMemoryCollection(Settings(upstream, folder)).AddInMemoryCollection(settings ?? []);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders().SetMinimumLevel(logLevel).AddProvider(logs);
        builder.AddEmbedded(demo: false);
        if (clock is not null) builder.Services.Replace(ServiceDescriptor.Singleton(clock));
        services?.Invoke(builder.Services);
        var host = new GatewayHost(builder.Build(), upstream, logs, folder, ownsData: data is null);
        try
        {
            await host.app.UseEmbeddedAsync();
            await host.app.StartAsync();
            return host;
        }
        catch (Exception) // whatever kept it from starting, its folder goes
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>The same product on the same data, composed and not started.</summary>
    public static WebApplication Build(MockUpstream upstream, string folder)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = "Gateway", EnvironmentName = "Production", ContentRootPath = folder });
        builder.Configuration.AddInMemoryCollection(Settings(upstream, folder));
        builder.Logging.ClearProviders();
        builder.AddEmbedded(demo: false);
        return builder.Build();
    }

    public HttpClient Caller(string? key = AliceKey)
    {
        var client = new HttpClient(new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false, ResponseDrainTimeout = TimeSpan.Zero }) { BaseAddress = Address, Timeout = TimeSpan.FromMinutes(2) };
        if (key is not null) client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        lock (clients) clients.Add(client);
        return client;
    }

    /// <summary>A client signed in as one of the local people.</summary>
    public async Task<HttpClient> PersonAsync(string person = "ada")
    {
        var client = Caller(key: null);
        using var response = await client.PostAsJsonAsync("/api/sessions", new SignIn(SignInToken, person), JsonWire.Options);
        response.EnsureSuccessStatusCode();
        var session = await response.Content.ReadFromJsonAsync<Session>(JsonWire.Options);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", session!.AccessToken);
        return client;
    }

    /// <summary>What the reviewers' side would send when people have decided.</summary>
    public Task DecideAsync(Ticket ticket, ApprovalStatus outcome = ApprovalStatus.Releasing, string? digest = null, string? reason = null) =>
        Services.GetRequiredService<IBus>().Publish(new ReviewDecided
        {
            TicketId = ticket.Id, Outcome = outcome, Digest = digest ?? ticket.Digest, DecidedBy = [new PersonRef("ada", "Ada Brandt")], Reason = reason,
            DecidedAt = Services.GetRequiredService<TimeProvider>().GetUtcNow(),
        });

    public async Task<T> ReadAsync<T>(Func<GatewayStore, Task<T>> read)
    {
        await using var store = await Services.GetRequiredService<IDbContextFactory<GatewayStore>>().CreateDbContextAsync();
        return await read(store);
    }

    public Task<Ticket> TicketAsync(string id) => ReadAsync(store => store.Set<Ticket>().AsNoTracking().SingleAsync(t => t.Id == id));

    /// <summary>The one ticket of this model, as soon as it is there.</summary>
    public Task<Ticket> TicketOfAsync(string model) => Eventually.ValueAsync(
        () => ReadAsync(store => store.Set<Ticket>().AsNoTracking().SingleOrDefaultAsync(t => t.Model == model)), $"a ticket for model {model}");

    public Task<Ticket> TicketWhenAsync(string id, Func<Ticket, bool> enough) => Eventually.ValueAsync(
        async () => await TicketAsync(id) is var ticket && enough(ticket) ? ticket : null, $"ticket {id} in the expected state");

    public Task<List<TrailEntry>> TrailAsync(System.Linq.Expressions.Expression<Func<TrailEntry, bool>> which) =>
        ReadAsync(store => store.Set<TrailEntry>().AsNoTracking().Where(which).OrderBy(e => e.Sequence).ToListAsync());

    /// <summary>Entries are durable before an answer's last byte, but an abandoned one is written after the caller has gone.</summary>
    public Task<TrailEntry> EntryAsync(System.Linq.Expressions.Expression<Func<TrailEntry, bool>> which) => Eventually.ValueAsync(
        () => ReadAsync(store => store.Set<TrailEntry>().AsNoTracking().SingleOrDefaultAsync(which)), "a trail entry");

    public async Task AssertHealthyAsync()
    {
        using var health = await Caller(key: null).GetAsync("/health/ready");
        Assert.Equal(System.Net.HttpStatusCode.OK, health.StatusCode);
        Assert.Empty(Logs.Unhandled);
    }

    public Task StopAsync() => app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        lock (clients) clients.ForEach(client => client.Dispose());
        await app.StopAsync();
        await app.DisposeAsync();
        if (ownsData) SqliteFiles.Delete(DataFolder);
    }

    private static Dictionary<string, string?> Settings(MockUpstream upstream, string folder) => new()
    {
        ["Embedded:DataFolder"] = folder,
        ["Embedded:SignInToken"] = SignInToken,
        ["Workflow:PollEvery"] = "00:00:00.100",
        ["Callers:0:Subject"] = "alice", ["Callers:0:Name"] = "Alice's agent", ["Callers:0:Key"] = AliceKey, ["Callers:0:Groups:0"] = "engineering",
        ["Callers:1:Subject"] = "bob", ["Callers:1:Key"] = BobKey,
        ["Callers:2:Subject"] = "narrow", ["Callers:2:Key"] = NarrowKey, ["Callers:2:Models:0"] = "m-only",
        ["Upstreams:0:Name"] = "mock-openai", ["Upstreams:0:Kind"] = "openai", ["Upstreams:0:BaseUrl"] = $"{upstream.Address}v1", ["Upstreams:0:ApiKey"] = MockUpstream.Key, ["Upstreams:0:Models:0"] = "m-*",
        ["Upstreams:1:Name"] = "mock-anthropic", ["Upstreams:1:Kind"] = "anthropic", ["Upstreams:1:BaseUrl"] = upstream.Address.ToString(), ["Upstreams:1:ApiKey"] = MockUpstream.Key, ["Upstreams:1:Models:0"] = "m-*",
        // Nothing listens on the discard port.
        ["Upstreams:2:Name"] = "down-openai", ["Upstreams:2:Kind"] = "openai", ["Upstreams:2:BaseUrl"] = "http://127.0.0.1:9/v1", ["Upstreams:2:Models:0"] = "down",
        ["Upstreams:3:Name"] = "down-anthropic", ["Upstreams:3:Kind"] = "anthropic", ["Upstreams:3:BaseUrl"] = "http://127.0.0.1:9", ["Upstreams:3:Models:0"] = "down",
        ["Proxy:LargestPrompt"] = "262144",
        ["Proxy:LargestAnswer"] = "524288",
        ["Proxy:UpstreamTimeout"] = "00:00:05",
        ["Proxy:UpstreamSilence"] = "00:00:02",
        ["Proxy:UnreadRoutes:0"] = "/v1/audio/*",
        ["Parking:StreamGrace"] = "00:00:00.200",
        ["Parking:KeepAlive"] = "00:00:01",
        // Tests share callers, and what one does is not usual for another.
        ["Habits:Enabled"] = "false",
        // A test that wants a checkpoint makes one.
        ["Proof:CheckpointEvery"] = "01:00:00",
        // The callers of a shared host park more than any one caller should.
        ["Parking:MostPerCaller"] = "100000",
    };
}
