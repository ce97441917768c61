using System.Data;
using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Shared;

/// <summary>
/// What the mapper asks on a connection that is kept stays prepared there: for most of what is asked by the hundred a second, SQLite reads a statement for
/// longer than it runs it. Connections that nobody keeps are left alone.
/// </summary>
internal sealed class SqliteStatements : DbCommandInterceptor
{
    /// <summary>For each connection; what comes later is prepared each time.</summary>
    private const int Most = 64;

    private static readonly ConditionalWeakTable<DbConnection, Dictionary<string, Statement>> Kept = [];

    /// <summary>Opens the store's connection and keeps what is asked on it. A store that cannot be opened is disposed.</summary>
    public static async Task KeepOpenAsync(DbContext store, CancellationToken ct)
    {
        try
        {
            await store.Database.OpenConnectionAsync(ct);
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }
        Keep(store.Database.GetDbConnection());
    }

    /// <summary>From here on, until the connection is closed: opened again it may have another handle, and the mapper lends it to others.</summary>
    public static void Keep(DbConnection connection)
    {
        Kept.AddOrUpdate(connection, new Dictionary<string, Statement>(StringComparer.Ordinal));
        connection.StateChange += ForgetClosed;
    }

    private static void ForgetClosed(object sender, StateChangeEventArgs change)
    {
        if (change.CurrentState == ConnectionState.Open) return;
        var connection = (DbConnection)sender;
        connection.StateChange -= ForgetClosed;
        Kept.Remove(connection); // what was prepared went with its being closed
    }

    public override InterceptionResult<DbDataReader> ReaderExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result) =>
        Run(command, result, static kept => kept.ExecuteReader());

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(Run(command, result, static kept => kept.ExecuteReader())); // the library has no other way

    public override InterceptionResult<int> NonQueryExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<int> result) =>
        Run(command, result, static kept => kept.ExecuteNonQuery());

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(Run(command, result, static kept => kept.ExecuteNonQuery()));

    private static InterceptionResult<T> Run<T>(DbCommand command, InterceptionResult<T> asIs, Func<Statement, T> run)
    {
        if (asIs.HasResult || command.Connection is not SqliteConnection connection || !Kept.TryGetValue(connection, out var statements)) return asIs;
        if (!statements.TryGetValue(command.CommandText, out var statement))
        {
            if (statements.Count >= Most) return asIs;
            statements.Add(command.CommandText, statement = new Statement(command.CommandText, connection));
        }
        if (statement.IsRead) return asIs; // somebody asks the same while they are being answered
        try
        {
            return InterceptionResult<T>.SuppressWithResult(run(statement.With(command)));
        }
        catch
        {
            statements.Remove(statement.CommandText);
            statement.Dispose();
            throw;
        }
    }

    private sealed class Statement(string text, SqliteConnection connection) : SqliteCommand(text, connection)
    {
        public bool IsRead => DataReader is not null;

        public Statement With(DbCommand asked)
        {
            Parameters.Clear();
            foreach (SqliteParameter parameter in asked.Parameters) Parameters.Add(parameter);
            (Transaction, CommandTimeout) = ((SqliteTransaction?)asked.Transaction, asked.CommandTimeout);
            return this;
        }
    }
}
