using Approvals.Tests.Support;
using Tests.Servers;

[assembly: AssemblyFixture(typeof(Approvals.Tests.Engines.TestPostgres))]

namespace Approvals.Tests.Engines;

/// <summary>One PostgreSQL for all tests of this process that ask for it; none if nobody does.</summary>
public sealed class TestPostgres : IAsyncDisposable
{
    private readonly Lazy<Task<PostgresServer>> server = new(PostgresServer.StartAsync);

    public async Task<string> NewDatabaseAsync() => await (await server.Value).NewDatabaseAsync();

    public async ValueTask DisposeAsync()
    {
        if (server.IsValueCreated) await (await server.Value).DisposeAsync();
    }
}

/// <summary>The settings that lead to an empty database.</summary>
internal static class TestDatabase
{
    public static Dictionary<string, string?> Settings(this TempStore file) => new()
    {
        ["Approvals:Storage:Provider"] = "Sqlite", ["Approvals:Storage:Connection"] = file.ConnectionString,
    };

    public static async Task<Dictionary<string, string?>> SettingsAsync(this TestPostgres postgres) => new()
    {
        ["Approvals:Storage:Provider"] = "PostgreSql", ["Approvals:Storage:Connection"] = await postgres.NewDatabaseAsync(),
    };
}
