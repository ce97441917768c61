using System.Data.Common;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Shared;

/// <summary>
/// Which migrations a database has had, asked without the object-relational mapper: before it says that there is nothing to
/// do it builds the model of the migrations and the one of their last snapshot, which takes as long as everything else that a store does at a start.
/// </summary>
internal static class TableHistory
{
    /// <summary>False also where it cannot be told: then the mapper looks, and says what is wrong.</summary>
    public static async Task<bool> KnowsAsync(DatabaseOptions database, string schema, IEnumerable<string> migrations, CancellationToken ct)
    {
        try
        {
            await using var connection = Open(database);
            await connection.OpenAsync(ct);
            await using var command = connection.CreateCommand();
            command.CommandText = $"""SELECT "MigrationId" FROM {(database.Provider == DatabaseProvider.Sqlite ? "" : $"\"{schema}\".")}"{Database.History}" """;
            var had = new HashSet<string>(StringComparer.Ordinal);
            await using var rows = await command.ExecuteReaderAsync(ct);
            while (await rows.ReadAsync(ct)) had.Add(rows.GetString(0));
            return had.Count > 0 && migrations.All(had.Contains);
        }
        catch (DbException)
        {
            return false;
        }
    }

    /// <summary>Never makes a file: an empty one would be there before it is known whether there may be one.</summary>
    private static DbConnection Open(DatabaseOptions database) => database.Provider switch
    {
        DatabaseProvider.Sqlite => new SqliteConnection(new SqliteConnectionStringBuilder(database.Connection) { Mode = SqliteOpenMode.ReadWrite, Pooling = false }.ToString()),
        DatabaseProvider.SqlServer => new SqlConnection(new SqlConnectionStringBuilder(database.Connection) { Pooling = false }.ToString()), // its pool remembers that a database was not there yet
        DatabaseProvider.PostgreSql => new NpgsqlConnection(database.Connection),
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
