using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Shared;

namespace Gateway.Storage;

// Migrations are SQL of one database; each set belongs to a type of store. Only migrating uses them.
internal sealed class SqliteGatewayStore(DbContextOptions<GatewayStore> options) : GatewayStore(options);

internal sealed class SqlServerGatewayStore(DbContextOptions<GatewayStore> options) : GatewayStore(options);

internal sealed class PostgreSqlGatewayStore(DbContextOptions<GatewayStore> options) : GatewayStore(options);

internal static class GatewayStoreMigrations
{
    public static GatewayStore For(DatabaseProvider provider, DbContextOptions<GatewayStore> options) => provider switch
    {
        DatabaseProvider.Sqlite => new SqliteGatewayStore(options),
        DatabaseProvider.SqlServer => new SqlServerGatewayStore(options),
        DatabaseProvider.PostgreSql => new PostgreSqlGatewayStore(options),
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}

/// <summary>For <c>dotnet ef migrations add NAME --context SqliteGatewayStore --output-dir Storage/Migrations/Sqlite</c>, and likewise the two others; never opens a database.</summary>
internal sealed class GatewayStoreDesign : IDesignTimeDbContextFactory<SqliteGatewayStore>, IDesignTimeDbContextFactory<SqlServerGatewayStore>, IDesignTimeDbContextFactory<PostgreSqlGatewayStore>
{
    SqliteGatewayStore IDesignTimeDbContextFactory<SqliteGatewayStore>.CreateDbContext(string[] args) => new(Options(DatabaseProvider.Sqlite, "Data Source=design.db"));

    SqlServerGatewayStore IDesignTimeDbContextFactory<SqlServerGatewayStore>.CreateDbContext(string[] args) => new(Options(DatabaseProvider.SqlServer, "Data Source=design"));

    PostgreSqlGatewayStore IDesignTimeDbContextFactory<PostgreSqlGatewayStore>.CreateDbContext(string[] args) => new(Options(DatabaseProvider.PostgreSql, "Host=design"));

    private static DbContextOptions<GatewayStore> Options(DatabaseProvider provider, string connection)
    {
        var options = new DbContextOptionsBuilder<GatewayStore>();
        options.UseDatabase(new DatabaseOptions { Provider = provider, Connection = connection }, GatewayStore.Schema);
        return options.Options;
    }
}
