using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Shared;

namespace Approvals.Storage;

// Migrations are SQL of one database; each set belongs to a type of store. Only migrating uses them.
internal sealed class SqliteApprovalsStore(DbContextOptions<ApprovalsStore> options) : ApprovalsStore(options);

internal sealed class SqlServerApprovalsStore(DbContextOptions<ApprovalsStore> options) : ApprovalsStore(options);

internal sealed class PostgreSqlApprovalsStore(DbContextOptions<ApprovalsStore> options) : ApprovalsStore(options);

internal static class ApprovalsStoreMigrations
{
    public static ApprovalsStore For(DatabaseProvider provider, DbContextOptions<ApprovalsStore> options) => provider switch
    {
        DatabaseProvider.Sqlite => new SqliteApprovalsStore(options),
        DatabaseProvider.SqlServer => new SqlServerApprovalsStore(options),
        DatabaseProvider.PostgreSql => new PostgreSqlApprovalsStore(options),
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}

/// <summary>For <c>dotnet ef migrations add NAME --context SqliteApprovalsStore --output-dir Storage/Migrations/Sqlite</c>, and likewise the two others; never opens a database.</summary>
internal sealed class ApprovalsStoreDesign : IDesignTimeDbContextFactory<SqliteApprovalsStore>, IDesignTimeDbContextFactory<SqlServerApprovalsStore>, IDesignTimeDbContextFactory<PostgreSqlApprovalsStore>
{
    SqliteApprovalsStore IDesignTimeDbContextFactory<SqliteApprovalsStore>.CreateDbContext(string[] args) => new(Options(DatabaseProvider.Sqlite, "Data Source=design.db"));

    SqlServerApprovalsStore IDesignTimeDbContextFactory<SqlServerApprovalsStore>.CreateDbContext(string[] args) => new(Options(DatabaseProvider.SqlServer, "Data Source=design"));

    PostgreSqlApprovalsStore IDesignTimeDbContextFactory<PostgreSqlApprovalsStore>.CreateDbContext(string[] args) => new(Options(DatabaseProvider.PostgreSql, "Host=design"));

    private static DbContextOptions<ApprovalsStore> Options(DatabaseProvider provider, string connection)
    {
        var options = new DbContextOptionsBuilder<ApprovalsStore>();
        options.UseDatabase(new DatabaseOptions { Provider = provider, Connection = connection }, ApprovalsStore.Schema);
        return options.Options;
    }
}
