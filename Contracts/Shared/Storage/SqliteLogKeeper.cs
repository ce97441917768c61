using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Shared;

/// <summary>
/// Brings what SQLite's write-ahead log holds into the file, beside the commits instead of in one of them: nobody's answer
/// waits for it. Where the log has grown long all the same, writers wait for the last few pages, and it begins anew.
/// </summary>
internal sealed partial class SqliteLogKeeper<TStore>(IDbContextFactory<TStore> stores, DatabaseOptions database, TimeProvider clock, ILogger<SqliteLogKeeper<TStore>> logger) : BackgroundService where TStore : DbContext
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    /// <summary>Pages of 4 kB, after which the log begins anew: every read looks through it.</summary>
    private const long Long = 6_000;
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(50);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (database.Provider != DatabaseProvider.Sqlite) return;
        using var timer = new PeriodicTimer(Every, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken)) await KeepAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Closing the last connection brings in what is left.
        }
    }

    /// <returns>Pages in the log, and those of them that are in the file.</returns>
    public async Task<(long Pages, long InFile)> KeepAsync(CancellationToken ct)
    {
        try
        {
            await using var store = await stores.CreateDbContextAsync(ct);
            await store.Database.OpenConnectionAsync(ct);
            var connection = (SqliteConnection)store.Database.GetDbConnection();
            var state = Checkpoint(connection, "PASSIVE");
            if (state.Pages <= Long) return state;
            Checkpoint(connection, "PASSIVE"); // what came meanwhile: the less is left, the shorter the writers wait
            using var turn = await store.TakeTurnAsync(ct); // among writers who never stop it would find no gap, and the log grow until a commit has to bring it in
            SqliteManners.Wait(connection, LongestWait); // while this waits for a reader, no writer goes on
            try
            {
                return Checkpoint(connection, "RESTART");
            }
            finally
            {
                SqliteManners.Wait(connection, SqliteManners.LongestWait);
            }
        }
        // Commits go on, and the next round tries again.
        catch (Exception fault) when (fault is SqliteException or InvalidOperationException)
        {
            LogNotKept(fault);
            return default;
        }
    }

    private static (long Pages, long InFile) Checkpoint(SqliteConnection connection, string way)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"PRAGMA wal_checkpoint({way})";
        using var row = command.ExecuteReader();
        return row.Read() ? (row.GetInt64(1), row.GetInt64(2)) : default;
    }

    [LoggerMessage(1, LogLevel.Warning, "The write-ahead log could not be brought into its file; it grows until that succeeds.")]
    private partial void LogNotKept(Exception fault);
}
