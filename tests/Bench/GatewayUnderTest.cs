using System.Data.Common;
using System.Diagnostics;
using System.Diagnostics.Tracing;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Contracts;
using Contracts.Api;
using Microsoft.Data.Sqlite;
using Microsoft.Diagnostics.NETCore.Client;
using Npgsql;
using Tests.Servers;

namespace Bench;

/// <summary>
/// The product as its image holds it, and with the full path on: caller keys, every detector, policy, masking, the
/// chained trail on disk. Only what bounds one caller is set high, because here one caller is everybody.
/// </summary>
internal sealed class GatewayUnderTest : IAsyncDisposable
{
    public const string CallerKey = "bench-caller-key-0123456789";
    private const string SignInToken = "bench-sign-in-token-0123456789";
    private static readonly TimeSpan StartsWithin = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Collects = TimeSpan.FromSeconds(2);

    /// <summary>The runtime collects fully when a session asks for these events.</summary>
    private const long CollectsHeap = 0x800000;

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(2);

    private readonly LocalServer server;
    private readonly string folder;
    private readonly bool ownsFolder;
    private readonly string? postgres;

    private GatewayUnderTest(LocalServer server, string url, string folder, bool ownsFolder, string? postgres) =>
        (this.server, Url, this.folder, this.ownsFolder, this.postgres) = (server, url, folder, ownsFolder, postgres);

    public string Url { get; }

    /// <summary>From the start of the process until it says that it can do its work.</summary>
    public TimeSpan ReadyIn { get; private set; }

    public int ProcessId => server.Id;

    public IReadOnlyCollection<string> Log => server.Log;

    /// <param name="folder">A data folder to go on with; null for a new one that goes with the gateway.</param>
    public static async Task<GatewayUnderTest> StartAsync(Servers servers, PostgresServer? postgres = null, string? folder = null)
    {
        var url = Servers.FreeUrl();
        var data = folder ?? Directory.CreateTempSubdirectory("approvals-bench-").FullName;
        var start = new ProcessStartInfo("dotnet", [Servers.Metadata("Gateway"), "--urls", url]) { WorkingDirectory = Path.GetDirectoryName(Servers.Metadata("Gateway")) };
        foreach (var (name, value) in Settings(servers.Upstream, data)) start.Environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        string? connection = null;
        if (postgres is not null)
        {
            start.Environment["Storage__Provider"] = start.Environment["Approvals__Storage__Provider"] = "PostgreSql";
            start.Environment["Storage__Connection"] = connection = await postgres.NewDatabaseAsync();
            start.Environment["Approvals__Storage__Connection"] = await postgres.NewDatabaseAsync();
        }

        var began = Stopwatch.GetTimestamp();
        var gateway = new GatewayUnderTest(Servers.Kept(LocalServer.Start(start)), url, data, folder is null, connection);
        await gateway.UntilReadyAsync(began);
        return gateway;
    }

    public HttpClient Caller()
    {
        var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri(Url), Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", CallerKey);
        return client;
    }

    public async Task<(HttpClient Http, string Token)> SignInAsync(string person)
    {
        var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri(Url), Timeout = Timeout.InfiniteTimeSpan };
        using var response = await client.PostAsJsonAsync("/api/sessions", new SignIn(SignInToken, person), JsonWire.Options);
        response.EnsureSuccessStatusCode();
        var session = (await response.Content.ReadFromJsonAsync<Session>(JsonWire.Options))!; // a session is what this answers
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", session.AccessToken);
        return (client, session.AccessToken);
    }

    /// <summary>Entries of calls that got their answer.</summary>
    public Task<long> AnsweredAsync() => CountAsync("""select count(*) from "Trail" where "Kind" = 'interaction' and "Outcome" in ('masked', 'forwarded')""");

    /// <summary>Entries of all calls, broken off ones too.</summary>
    public Task<long> CallsAsync() => CountAsync("""select count(*) from "Trail" where "Kind" = 'interaction'""");

    public async Task<long> CountAsync(string query)
    {
        await using DbConnection connection = postgres is null
            ? new SqliteConnection($"Data Source={Path.Combine(folder, "gateway.db")};Mode=ReadOnly")
            : new NpgsqlConnection($"{postgres};Search Path={Gateway.Storage.GatewayStore.Schema}");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = query;
        command.CommandTimeout = 120;
        return Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }

    /// <summary>Resident memory in bytes, as the kernel counts it, once the collector has been told to look: otherwise it would be garbage that is counted.</summary>
    public async Task<long> ResidentAsync()
    {
        for (var round = 0; round < 2; round++)
        {
            using (var session = new DiagnosticsClient(ProcessId).StartEventPipeSession(new EventPipeProvider("Microsoft-Windows-DotNETRuntime", EventLevel.Informational, CollectsHeap), requestRundown: false))
            {
                var drained = session.EventStream.CopyToAsync(Stream.Null);
                await Task.Delay(Collects, TimeProvider.System);
                await session.StopAsync(CancellationToken.None);
                await drained;
            }
        }
        var line = File.ReadLines($"/proc/{ProcessId}/status").Single(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
    }

    /// <summary>Processor seconds used until now.</summary>
    public double ProcessorSeconds()
    {
        var fields = File.ReadAllText($"/proc/{ProcessId}/stat").Split(") ")[1].Split(' ');
        return (double.Parse(fields[11], CultureInfo.InvariantCulture) + double.Parse(fields[12], CultureInfo.InvariantCulture)) / 100;
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        SqliteConnection.ClearAllPools();
        if (ownsFolder) Directory.Delete(folder, recursive: true);
    }

    private async Task UntilReadyAsync(long began)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri(Url) };
        while (true)
        {
            try
            {
                using var answer = await client.GetAsync("/health/ready");
                if (answer.StatusCode == HttpStatusCode.OK) break;
            }
            catch (HttpRequestException)
            {
                // Its doors are still closed.
            }
            if (server.HasExited || Stopwatch.GetElapsedTime(began) > StartsWithin)
                throw new InvalidOperationException($"The gateway did not come up:\n{string.Join('\n', server.Log.TakeLast(40))}");
            await Task.Delay(Look, TimeProvider.System);
        }
        ReadyIn = Stopwatch.GetElapsedTime(began);
    }

    private static IEnumerable<(string Name, string Value)> Settings(string upstream, string data)
    {
        yield return ("Embedded:DataFolder", data);
        yield return ("Embedded:CallerKey", CallerKey);
        yield return ("Embedded:SignInToken", SignInToken);
        yield return ("Parking:MostPerCaller", "1000000");
        yield return ("Policy:UndoWindow", "00:00:00");
        foreach (var (i, model) in Model.All.Index())
        {
            yield return ($"Upstreams:{i}:Name", model.Name);
            yield return ($"Upstreams:{i}:Kind", "openai");
            yield return ($"Upstreams:{i}:BaseUrl", upstream + model.Path);
            yield return ($"Upstreams:{i}:ApiKey", "key-of-the-mock");
            yield return ($"Upstreams:{i}:Models:0", model.Name);
        }
    }
}
