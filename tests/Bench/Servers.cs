using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using Tests.Servers;

namespace Bench;

/// <summary>The model and the bare forwarder, each a process of its own.</summary>
internal sealed class Servers : IAsyncDisposable
{
    private static readonly TimeSpan StartsWithin = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan ExitsWithin = TimeSpan.FromSeconds(5);

    private readonly List<LocalServer> running = [];

    public string Upstream { get; } = FreeUrl();
    public string Forwarder { get; } = FreeUrl();

    public static async Task<Servers> StartAsync()
    {
        var servers = new Servers();
        await servers.LaunchAsync(servers.Upstream, "upstream", servers.Upstream);
        await servers.LaunchAsync(servers.Forwarder, "forwarder", servers.Forwarder, servers.Upstream);
        return servers;
    }

    /// <summary>Somebody stops the conductor: what it has started goes with it.</summary>
    public static LocalServer Kept(LocalServer server)
    {
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            try
            {
                if (!server.HasExited) server.KillAsync().Wait(ExitsWithin);
            }
            catch (InvalidOperationException)
            {
                // It was stopped, and let go of, before.
            }
        };
        return server;
    }

    public static string FreeUrl() => $"http://127.0.0.1:{LocalServer.FreePort().ToString(CultureInfo.InvariantCulture)}";

    public static string Metadata(string key) => typeof(Servers).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == key).Value!;

    /// <summary>Something listens there; it may answer what it likes.</summary>
    public static async Task<bool> ListensAsync(string url)
    {
        var address = new Uri(url);
        using var client = new System.Net.Sockets.TcpClient();
        try
        {
            await client.ConnectAsync(address.Host, address.Port);
            return true;
        }
        catch (System.Net.Sockets.SocketException)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in running) await server.DisposeAsync();
    }

    private async Task LaunchAsync(string url, params string[] arguments)
    {
        var server = Kept(LocalServer.Start(new ProcessStartInfo("dotnet", [typeof(Servers).Assembly.Location, .. arguments])));
        running.Add(server);
        await server.UntilAsync(() => ListensAsync(url), arguments[0], StartsWithin);
    }
}
