using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace Shared;

/// <summary>The three databases, and the little in which their models differ.</summary>
internal static class Database
{
    /// <summary>Text compares by its bits on each database, as it does in code. SQL Server's own default takes "Admins" for "admins".</summary>
    private const string ByBits = "Latin1_General_100_BIN2";
    public const string History = "__EFMigrationsHistory";

    /// <param name="schema">Keeps the services apart in one database; SQLite has a file for each.</param>
    public static DbContextOptionsBuilder UseDatabase(this DbContextOptionsBuilder store, DatabaseOptions database, string schema) => database.Provider switch
    {
        DatabaseProvider.Sqlite => store.UseSqlite(database.Connection).AddInterceptors(new SqliteManners(), new SqliteStatements()),
        DatabaseProvider.SqlServer => store.UseSqlServer(database.Connection, server => server.MigrationsHistoryTable(History, schema).ExecutionStrategy(AsItIs)),
        DatabaseProvider.PostgreSql => store.UseNpgsql(database.Connection, server => server.MigrationsHistoryTable(History, schema).ExecutionStrategy(AsItIs)),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>As the provider's own question, which reads the name of an assembly each time; this is asked several times for one write.</summary>
    public static bool IsOnSqlite(this DbContext store) => store.Database.GetDbConnection() is SqliteConnection;

    /// <summary>For every store's <c>OnModelCreating</c>.</summary>
    public static void UseSchema(this ModelBuilder model, DatabaseFacade database, string schema)
    {
        if (!database.IsSqlite()) model.HasDefaultSchema(schema);
    }

    /// <summary>For every store's <c>ConfigureConventions</c>.</summary>
    public static void UseConventions(this ModelConfigurationBuilder conventions, DatabaseFacade database)
    {
        conventions.Properties<DateTimeOffset>().HaveConversion<UtcTime>();
        conventions.Properties<string>().HaveConversion<StorableText>();
        if (database.IsSqlServer()) conventions.Properties<string>().UseCollation(ByBits);
    }

    /// <summary>
    /// The providers' own strategies wrap a fault of the network or a lost race in an InvalidOperationException; here it
    /// arrives as what it is. Whoever can try again does so with its whole transaction.
    /// </summary>
    private static NonRetryingExecutionStrategy AsItIs(ExecutionStrategyDependencies dependencies) => new(dependencies);
}
