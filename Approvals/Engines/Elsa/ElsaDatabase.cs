using Approvals.Storage;
using Elsa.Persistence.EFCore;
using Elsa.Persistence.EFCore.Extensions;
using Medallion.Threading;
using Medallion.Threading.FileSystem;
using Medallion.Threading.Postgres;
using Medallion.Threading.SqlServer;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Shared;

namespace Approvals.Engines.Elsa;

/// <summary>Where Elsa keeps its tables and its locks: beside the reviews, on each of the three databases.</summary>
internal static class ElsaDatabase
{
    private const string History = "__ElsaMigrationsHistory";
    private static readonly ElsaDbContextOptions InSchema = new() { SchemaName = "elsa", MigrationsHistoryTableName = History };

    /// <summary>SQLite knows no schemas: the tables stand beside each other. Elsa's migrations for it fail under any name of a schema but its own.</summary>
    private static readonly ElsaDbContextOptions Beside = new() { MigrationsHistoryTableName = History };

    public static void UseDatabase<TFeature, TStore>(this PersistenceFeatureBase<TFeature, TStore> feature, DatabaseOptions database)
        where TStore : ElsaDbContextBase where TFeature : PersistenceFeatureBase<TFeature, TStore>
    {
        feature.RunMigrations = false; // ElsaMigration does
        _ = database.Provider switch
        {
            DatabaseProvider.Sqlite => feature.UseSqlite(database.Connection, Beside),
            DatabaseProvider.SqlServer => feature.UseSqlServer(database.Connection, InSchema),
            DatabaseProvider.PostgreSql => feature.UsePostgreSql(database.Connection, InSchema),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    /// <summary>One runner for each instance, on all nodes: held by the database, or by files beside SQLite's.</summary>
    public static IDistributedLockProvider Locks(DatabaseOptions database) => database.Provider switch
    {
        DatabaseProvider.Sqlite => new FileDistributedSynchronizationProvider(new DirectoryInfo(Path.GetFullPath(new SqliteConnectionStringBuilder(database.Connection).DataSource) + "-locks")),
        DatabaseProvider.SqlServer => new SqlDistributedSynchronizationProvider(database.Connection),
        DatabaseProvider.PostgreSql => new PostgresDistributedSynchronizationProvider(database.Connection),
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}

/// <summary>Elsa's own way would also change tables where the settings say <see cref="Migrate.ByCommand"/>.</summary>
internal sealed class ElsaMigration<TStore>(IServiceProvider provider, DatabaseOptions database) : IStoreMigration where TStore : ElsaDbContextBase
{
    public async Task RunAsync(bool byCommand, CancellationToken ct)
    {
        await using var scope = provider.CreateAsyncScope();
        var services = scope.ServiceProvider;
        var migration = new StoreMigration<TStore>(
            services.GetRequiredService<DbContextOptions<TStore>>(), (_, options) => ActivatorUtilities.CreateInstance<TStore>(services, options),
            database, StorageExtensions.Section, services.GetRequiredService<ILogger<StoreMigration<TStore>>>());
        await migration.RunAsync(byCommand, ct);
    }
}
