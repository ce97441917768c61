using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Shared;

/// <summary>
/// A connection that finds the file locked waits in SQLite for up to 10 seconds instead of failing at once, readers never
/// wait for the writer (write-ahead log), and a commit has reached the disk when it returns. What the log holds is brought into the
/// file by <see cref="SqliteLogKeeper{TStore}"/>; a commit does that only where it is far behind.
/// </summary>
internal sealed class SqliteManners : DbConnectionInterceptor
{
    /// <summary>For a lock on the file.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    /// <summary>Autocheckpoint in pages of 4 kB: SQLite's own default of 1,000 makes about every hundredth commit wait for two syncs more.</summary>
    private const string Manners = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 16000;";

    /// <summary>Connections of the pool that have them already: they stay with the handle.</summary>
    private static readonly ConditionalWeakTable<object, object> Told = [];

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        if (((SqliteConnection)connection).Handle is not { } handle || Told.TryGetValue(handle, out _)) return;
        Wait((SqliteConnection)connection, LongestWait);
        Run((SqliteConnection)connection, Manners);
        Told.AddOrUpdate(handle, handle);
    }

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        ConnectionOpened(connection, eventData); // the library has no other way
        return Task.CompletedTask;
    }

    /// <summary>
    /// A write that may come undone at a power cut, because it would only be done again: its commit reaches the disk with the next one of
    /// anybody. What others have committed stays committed, and a process that is killed loses nothing. On the other databases a write like any.
    /// </summary>
    public static async Task WithoutSyncAsync(DbContext store, Func<Task> write)
    {
        if (!store.IsOnSqlite())
        {
            await write();
            return;
        }
        await store.Database.OpenConnectionAsync();
        var connection = (SqliteConnection)store.Database.GetDbConnection();
        var handle = connection.Handle!; // it is open
        Told.Remove(handle); // should anything go wrong, it is told again before anybody else has it
        try
        {
            Run(connection, "PRAGMA synchronous = NORMAL");
            await write();
        }
        finally
        {
            Run(connection, "PRAGMA synchronous = FULL");
            Told.AddOrUpdate(handle, handle);
            await store.Database.CloseConnectionAsync();
        }
    }

    /// <summary>Whether the connection behaves as described here: false once something went wrong in <see cref="WithoutSyncAsync"/>.</summary>
    public static bool Knows(SqliteConnection connection) => connection.Handle is { } handle && Told.TryGetValue(handle, out _);

    public static void Wait(SqliteConnection connection, TimeSpan atMost) => Run(connection, $"PRAGMA busy_timeout = {(int)atMost.TotalMilliseconds}");

    private static void Run(SqliteConnection connection, string pragmas)
    {
        using var command = connection.CreateCommand();
        command.CommandText = pragmas;
        command.ExecuteNonQuery();
    }
}
