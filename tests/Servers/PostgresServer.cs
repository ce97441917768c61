using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Tests.Servers;

/// <summary>A PostgreSQL of its own: a fresh cluster in a temporary folder, on loopback, gone afterwards.</summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private static readonly TimeSpan StartsWithin = TimeSpan.FromSeconds(60);

    private readonly string folder;
    private readonly LocalServer server;
    private int databases;

    private PostgresServer(string folder, LocalServer server, int port) => (this.folder, this.server, Port) = (folder, server, port);

    public int Port { get; }

    public static async Task<PostgresServer> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("approvals-postgres-").FullName;
        if (Environment.IsPrivilegedProcess) await RunAsync(new ProcessStartInfo("chown", ["postgres", folder]));
        var data = Path.Combine(folder, "data");
        await RunAsync(Command("initdb", "-D", data, "-A", "trust", "-U", "postgres", "--no-sync"));

        var port = LocalServer.FreePort();
        var server = LocalServer.Start(Command("postgres", "-D", data, "-p", port.ToString(CultureInfo.InvariantCulture), "-k", folder, "-c", "listen_addresses=127.0.0.1", "-c", "max_connections=300"));
        var postgres = new PostgresServer(folder, server, port);
        await server.UntilAsync(postgres.AnswersAsync, "PostgreSQL", StartsWithin);
        return postgres;
    }

    public async Task<string> NewDatabaseAsync()
    {
        var name = $"test_{Interlocked.Increment(ref databases)}";
        await using var connection = new NpgsqlConnection(ConnectionTo("postgres"));
        await connection.OpenAsync();
        await using var create = new NpgsqlCommand($"create database {name}", connection);
        await create.ExecuteNonQueryAsync();
        return ConnectionTo(name);
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        NpgsqlConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    private string ConnectionTo(string database) => $"Host=127.0.0.1;Port={Port};Username=postgres;Database={database};Maximum Pool Size=40";

    private async Task<bool> AnswersAsync()
    {
        try
        {
            await using var connection = new NpgsqlConnection(ConnectionTo("postgres") + ";Pooling=false;Timeout=2");
            await connection.OpenAsync();
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    /// <summary>PostgreSQL refuses to run as root; Debian's package brings a user for it.</summary>
    private static ProcessStartInfo Command(string program, params string[] arguments)
    {
        var path = Path.Combine(Directory.GetDirectories("/usr/lib/postgresql").Order(StringComparer.Ordinal).Last(), "bin", program);
        return Environment.IsPrivilegedProcess
            ? new ProcessStartInfo("setpriv", ["--reuid=postgres", "--regid=postgres", "--clear-groups", path, .. arguments]) { WorkingDirectory = "/" }
            : new ProcessStartInfo(path, arguments);
    }

    private static async Task RunAsync(ProcessStartInfo command)
    {
        command.RedirectStandardOutput = command.RedirectStandardError = true;
        using var run = Process.Start(command)!; // these are programs: something is started
        var said = run.StandardOutput.ReadToEndAsync();
        var error = await run.StandardError.ReadToEndAsync();
        await run.WaitForExitAsync();
        if (run.ExitCode != 0) throw new InvalidOperationException($"{command.FileName} ended with {run.ExitCode}: {await said}{error}");
    }
}
