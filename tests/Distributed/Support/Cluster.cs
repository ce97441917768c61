using System.Net.Http.Headers;
using System.Reflection;
using Tests.Servers;

namespace Distributed.Support;

/// <summary>
/// The product as it runs on several machines: two gateways, two approvals, two consoles, a RabbitMQ, a PostgreSQL and an
/// OpenID provider, each a process of its own.
/// </summary>
internal sealed class Cluster : IAsyncDisposable
{
    public const string CallerKey = "caller-key-of-the-cluster";

    /// <summary>What every gateway signs the trail with.</summary>
    public static readonly string SigningKey = NewSigningKey();

    private readonly List<IAsyncDisposable> parts = [];

    private Cluster()
    {
    }

    public RabbitBroker Broker { get; private set; } = null!; // set by StartAsync, like everything here
    public PostgresServer Postgres { get; private set; } = null!;
    public string Database { get; private set; } = "";
    public OpenIdProvider Provider { get; private set; } = null!;
    public CountingModel Model { get; private set; } = null!;
    public IReadOnlyList<ServiceProcess> Gateways { get; private set; } = [];
    public IReadOnlyList<ServiceProcess> Approvals { get; private set; } = [];
    public IReadOnlyList<ServiceProcess> Consoles { get; private set; } = [];

    public static string Root => Metadata("Root");

    public static string Metadata(string key) => typeof(Cluster).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == key).Value!;

    /// <param name="more">Settings for every service, on top of the usual ones.</param>
    public static async Task<Cluster> StartAsync(int consoles = 2, params (string, string)[] more)
    {
        var cluster = new Cluster();
        try
        {
            await cluster.OpenAsync(consoles, more);
            return cluster;
        }
        catch (Exception) // whatever kept it from starting, what runs already is stopped
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    private async Task OpenAsync(int consoles, (string, string)[] more)
    {
        var consoleUrls = Enumerable.Range(0, Math.Max(1, consoles)).Select(_ => ServiceProcess.NewUrl()).ToArray();
        var broker = RabbitBroker.StartAsync();
        var postgres = PostgresServer.StartAsync();
        var provider = OpenIdProvider.StartAsync(consoleUrls);
        parts.Add(Model = await CountingModel.StartAsync());
        parts.Add(Provider = await provider);
        parts.Add(Postgres = await postgres);
        parts.Add(Broker = await broker);
        Database = await Postgres.NewDatabaseAsync();

        var settings = Settings(more);
        Gateways = [new("Gateway", settings), new("Gateway", settings)];
        Approvals = [new("Approvals", settings), new("Approvals", settings)];
        Consoles = [.. consoleUrls.Take(consoles).Select((url, i) => new ServiceProcess("ApprovalsUI", new Dictionary<string, string>(settings)
        {
            ["Console:ApprovalsUrl"] = Approvals[i % Approvals.Count].Url.ToString(),
            ["Console:GatewayUrl"] = Gateways[i % Gateways.Count].Url.ToString(),
        }, url))];
        parts.AddRange([.. Gateways, .. Approvals, .. Consoles]);
        // All at once, on an empty database: the way a deployment does it.
        await Task.WhenAll(Gateways.Concat(Approvals).Concat(Consoles).Select(service => service.StartAsync()));
    }

    private static string NewSigningKey()
    {
        using var key = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
        return key.ExportPkcs8PrivateKeyPem();
    }

    public static HttpClient Caller(ServiceProcess gateway)
    {
        var client = new HttpClient(new SocketsHttpHandler { UseProxy = false, PooledConnectionLifetime = TimeSpan.FromSeconds(30) }) { BaseAddress = gateway.Url, Timeout = TimeSpan.FromSeconds(100) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", CallerKey);
        return client;
    }

    /// <summary>A signed-in person at one instance's API.</summary>
    public static HttpClient Person(ServiceProcess service, string token)
    {
        var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = service.Url, Timeout = TimeSpan.FromSeconds(30) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    /// <summary>Stops everything; what the services wrote stays in the test results, for whoever has to find out why.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var part in Enumerable.Reverse(parts))
        {
            await part.DisposeAsync();
            if (part is ServiceProcess service) Figures.Write($"log-of-{service.Project}-{service.Url.Port}.txt", string.Join('\n', service.Log));
        }
    }

    public Dictionary<string, string> Settings(params (string, string)[] more)
    {
        var settings = new Dictionary<string, string>
        {
            ["Mode"] = "Distributed",
            ["Storage:Provider"] = "PostgreSql", ["Storage:Connection"] = Database,
            ["Approvals:Storage:Provider"] = "PostgreSql", ["Approvals:Storage:Connection"] = Database,
            ["Console:Storage:Provider"] = "PostgreSql", ["Console:Storage:Connection"] = Database,
            ["Bus:Url"] = Broker.Url,
            ["People:Authority"] = Provider.Authority, ["People:AllowHttp"] = "true", ["People:Audience"] = "approvals",
            ["People:ClientId"] = OpenIdProvider.ClientId, ["People:ClientSecret"] = OpenIdProvider.ClientSecret,
            ["People:Permissions:review:0"] = "reviewers", ["People:Permissions:reveal:0"] = "reviewers", ["People:Permissions:trail.read:0"] = "admins", ["People:Permissions:policy.edit:0"] = "admins", ["People:Permissions:policy.approve:0"] = "reviewers", ["People:Permissions:keys.manage:0"] = "admins",
            ["CallerProviders:0:Name"] = "provider", ["CallerProviders:0:Authority"] = Provider.Authority, ["CallerProviders:0:Audience"] = "approvals", ["CallerProviders:0:AllowHttp"] = "true",
            ["Callers:0:Subject"] = "agent", ["Callers:0:Name"] = "An agent", ["Callers:0:Key"] = CallerKey,
            ["Upstreams:0:Name"] = "counting", ["Upstreams:0:Kind"] = "openai", ["Upstreams:0:BaseUrl"] = Model.Url.ToString(), ["Upstreams:0:Models:0"] = "counting",
            ["Policy:UndoWindow"] = "00:00:00", ["Policy:Deadline"] = "00:30:00",
            ["Parking:MostPerCaller"] = "100000",
            ["Proof:SigningKey"] = SigningKey,
        };
        foreach (var (name, value) in more) settings[name] = value;
        return settings;
    }
}
