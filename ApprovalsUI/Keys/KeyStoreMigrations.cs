using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Shared;

namespace ApprovalsUI.Keys;

// Migrations are SQL of one database; each set belongs to a type of store. Only migrating uses them.
internal sealed class SqliteKeyStore(DbContextOptions<KeyStore> options) : KeyStore(options);

internal sealed class SqlServerKeyStore(DbContextOptions<KeyStore> options) : KeyStore(options);

internal sealed class PostgreSqlKeyStore(DbContextOptions<KeyStore> options) : KeyStore(options);

internal static class KeyStoreMigrations
{
    public static KeyStore For(DatabaseProvider provider, DbContextOptions<KeyStore> options) => provider switch
    {
        DatabaseProvider.Sqlite => new SqliteKeyStore(options),
        DatabaseProvider.SqlServer => new SqlServerKeyStore(options),
        DatabaseProvider.PostgreSql => new PostgreSqlKeyStore(options),
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}

/// <summary>For <c>dotnet ef migrations add NAME --context SqliteKeyStore --output-dir Keys/Migrations/Sqlite</c>, and likewise the two others; never opens a database.</summary>
internal sealed class KeyStoreDesign : IDesignTimeDbContextFactory<SqliteKeyStore>, IDesignTimeDbContextFactory<SqlServerKeyStore>, IDesignTimeDbContextFactory<PostgreSqlKeyStore>
{
    SqliteKeyStore IDesignTimeDbContextFactory<SqliteKeyStore>.CreateDbContext(string[] args) => new(Options(DatabaseProvider.Sqlite, "Data Source=design.db"));

    SqlServerKeyStore IDesignTimeDbContextFactory<SqlServerKeyStore>.CreateDbContext(string[] args) => new(Options(DatabaseProvider.SqlServer, "Data Source=design"));

    PostgreSqlKeyStore IDesignTimeDbContextFactory<PostgreSqlKeyStore>.CreateDbContext(string[] args) => new(Options(DatabaseProvider.PostgreSql, "Host=design"));

    private static DbContextOptions<KeyStore> Options(DatabaseProvider provider, string connection)
    {
        var options = new DbContextOptionsBuilder<KeyStore>();
        options.UseDatabase(new DatabaseOptions { Provider = provider, Connection = connection }, KeyStore.Schema);
        return options.Options;
    }
}
