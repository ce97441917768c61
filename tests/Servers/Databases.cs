using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Testcontainers.MsSql;

namespace Tests.Servers;

/// <summary>
/// The databases that storage is tested on: SQLite and PostgreSQL always, SQL Server where <c>SQLSERVER_CONNECTION</c> names
/// one (any server that speaks its protocol) or a container engine can run one. Servers start when first asked for.
/// </summary>
public sealed class Databases : IAsyncDisposable
{
    private const string Image = "mcr.microsoft.com/mssql/server:2022-CU19-ubuntu-22.04";
    private readonly SemaphoreSlim starting = new(1, 1);
    private readonly List<TestDatabase> made = [];
    private PostgresServer? postgres;
    private MsSqlContainer? container;

    public static TheoryData<string> All => [.. new[] { "Sqlite", "PostgreSql", HasSqlServer ? "SqlServer" : null }.OfType<string>()];

    private static string? SqlServer => Environment.GetEnvironmentVariable("SQLSERVER_CONNECTION") is { Length: > 0 } connection ? connection : null;

    private static bool HasSqlServer => SqlServer is not null || File.Exists("/var/run/docker.sock") || !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("DOCKER_HOST"));

    /// <summary>Empty, and of this test alone.</summary>
    public async Task<TestDatabase> NewAsync(string provider)
    {
        await starting.WaitAsync();
        try
        {
            var database = provider switch
            {
                "Sqlite" => new TestDatabase(provider, $"Data Source={Path.Combine(Directory.CreateTempSubdirectory("approvals-sqlite-").FullName, "test.db")}"),
                "PostgreSql" => new TestDatabase(provider, await (postgres ??= await PostgresServer.StartAsync()).NewDatabaseAsync()),
                "SqlServer" => new TestDatabase(provider, new SqlConnectionStringBuilder(await SqlServerAsync()) { InitialCatalog = $"approvals_test_{Guid.NewGuid():N}" }.ConnectionString),
                _ => throw new ArgumentOutOfRangeException(nameof(provider), provider, "No such database."),
            };
            made.Add(database);
            return database;
        }
        finally
        {
            starting.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        SqlConnection.ClearAllPools();
        foreach (var database in made) await database.DropAsync();
        if (postgres is not null) await postgres.DisposeAsync();
        if (container is not null) await container.DisposeAsync();
        starting.Dispose();
    }

    private async Task<string> SqlServerAsync()
    {
        if (SqlServer is { } given) return given;
        if (container is null)
        {
            container = new MsSqlBuilder(Image).Build();
            await container.StartAsync();
        }
        return container.GetConnectionString();
    }
}

/// <param name="Provider">As in the settings.</param>
public sealed record TestDatabase(string Provider, string Connection)
{
    /// <summary>Settings of a section that keeps its tables here.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Settings(string section) => [new($"{section}:Provider", Provider), new($"{section}:Connection", Connection)];

    internal async Task DropAsync()
    {
        if (Provider == "Sqlite") SqliteFiles.Delete(Path.GetDirectoryName(new SqliteConnectionStringBuilder(Connection).DataSource)!); // made with a folder
        if (Provider != "SqlServer") return;
        var name = new SqlConnectionStringBuilder(Connection).InitialCatalog;
        await using var connection = new SqlConnection(new SqlConnectionStringBuilder(Connection) { InitialCatalog = "master", Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var drop = new SqlCommand($"DROP DATABASE IF EXISTS [{name}]", connection);
        await drop.ExecuteNonQueryAsync();
    }
}
