using System.Data.Common;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.Logging;

namespace Shared;

/// <summary>The tables are not those of this version, and the settings forbid the service to change that.</summary>
internal sealed class StoreBehindException(string section, IReadOnlyCollection<string> pending) : Exception(
    $"{section}: the tables are {pending.Count} migration(s) behind ({string.Join(", ", pending)}) and {section}:Migrate is ByCommand. Run this service with the argument 'migrate', then start it again.");

/// <summary>One store's tables, brought to this version before the service opens its doors.</summary>
internal interface IStoreMigration
{
    /// <param name="byCommand">Somebody asked for it; else the settings decide.</param>
    /// <exception cref="StoreBehindException">It is needed, and not to be done at the start.</exception>
    Task RunAsync(bool byCommand, CancellationToken ct);
}

/// <summary>
/// EF Core holds a lock of the database's own while it migrates, so that of several services that start at once one does
/// it and the others find it done.
/// </summary>
/// <param name="withMigrations">A store of the type that this database's migrations belong to: their SQL differs.</param>
internal sealed partial class StoreMigration<TStore>(
    DbContextOptions<TStore> options, Func<DatabaseProvider, DbContextOptions<TStore>, TStore> withMigrations, DatabaseOptions database, string section, string schema, ILogger<StoreMigration<TStore>> logger)
    : IStoreMigration where TStore : DbContext
{
    private const int Attempts = 30;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public async Task RunAsync(bool byCommand, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await TryAsync(byCommand, ct);
                return;
            }
            // A database that starts together with us needs a moment; two that create one schema at once trip over each other.
            catch (DbException fault) when (attempt < Attempts && database.Provider != DatabaseProvider.Sqlite)
            {
                LogAgain(section, fault.GetType().Name, attempt);
                await Task.Delay(Pause, TimeProvider.System, ct);
            }
        }
    }

    private async Task TryAsync(bool byCommand, CancellationToken ct)
    {
        await using var store = withMigrations(database.Provider, options);
        if (!byCommand && await TableHistory.KnowsAsync(database, schema, MigrationsOf(store.GetType()), ct)) return;
        if (byCommand || database.Migrate == Migrate.AtStart) await store.Database.MigrateAsync(ct);
        else if ((await store.Database.GetPendingMigrationsAsync(ct)).ToList() is { Count: > 0 } pending) throw new StoreBehindException(section, pending);
    }

    private static IEnumerable<string> MigrationsOf(Type store) =>
        from type in store.Assembly.GetTypes()
        where type.IsSubclassOf(typeof(Migration)) && type.GetCustomAttribute<DbContextAttribute>()?.ContextType == store
        select type.GetCustomAttribute<MigrationAttribute>()!.Id; // EF finds a migration by it

    [LoggerMessage(1, LogLevel.Warning, "{Section}: the database cannot be brought to this version yet ({Fault}, attempt {Attempt}); trying again.")]
    private partial void LogAgain(string section, string fault, int attempt);
}
