using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Shared;

internal static class Duplicate
{
    /// <summary>SQL Server: a unique index, a primary key or unique constraint.</summary>
    private const int UniqueIndex = 2601, UniqueKey = 2627;

    /// <summary>SQLite: SQLITE_CONSTRAINT_UNIQUE, SQLITE_CONSTRAINT_PRIMARYKEY.</summary>
    private const int SqliteUnique = 2067, SqlitePrimaryKey = 1555;

    /// <summary>Whether a row was refused because one with its key is there: somebody else was first, nothing is broken.</summary>
    public static bool IsDuplicate(this DbUpdateException fault) => fault.InnerException switch
    {
        SqlException server => server.Number is UniqueIndex or UniqueKey,
        PostgresException server => server.SqlState == PostgresErrorCodes.UniqueViolation,
        SqliteException file => file.SqliteExtendedErrorCode is SqliteUnique or SqlitePrimaryKey,
        _ => false,
    };
}
