using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Shared;

/// <summary>
/// A connection that finds the file locked waits in SQLite for up to 10 seconds instead of failing at once, readers never
/// wait for the writer (write-ahead log), and a commit has reached the disk when it returns.
/// </summary>
internal sealed class SqliteManners : DbConnectionInterceptor
{
    private const string Manners = "PRAGMA busy_timeout = 10000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;";

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Manners;
        command.ExecuteNonQuery();
    }

    public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = Manners;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
