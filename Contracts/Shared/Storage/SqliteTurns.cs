using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Shared;

/// <summary>
/// SQLite has one writer at a time, and puts the thread of every other to sleep. Here they wait in their order, and without a
/// thread: from the beginning of a transaction, or of a write outside of any, until the context closes its connection.
/// </summary>
internal sealed class SqliteTurns : DbCommandInterceptor, IDbTransactionInterceptor, IDbConnectionInterceptor, IDisposable
{
    private const int Busy = 5;

    /// <summary>After that the store counts as locked, as SQLite would say by itself.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim turn = new(1, 1);
    private DbConnection? writer;

    public async ValueTask<InterceptionResult<DbTransaction>> TransactionStartingAsync(DbConnection connection, TransactionStartingEventData eventData, InterceptionResult<DbTransaction> result, CancellationToken cancellationToken = default)
    {
        await TakeAsync(connection, cancellationToken);
        try
        {
            return InterceptionResult<DbTransaction>.SuppressWithResult(await connection.BeginTransactionAsync(eventData.IsolationLevel, cancellationToken));
        }
        catch (Exception) // whatever keeps it from beginning: nobody tells when a transaction has not begun
        {
            GiveBack(connection);
            throw;
        }
    }

    public InterceptionResult<DbTransaction> TransactionStarting(DbConnection connection, TransactionStartingEventData eventData, InterceptionResult<DbTransaction> result)
    {
        Take(connection);
        try
        {
            return InterceptionResult<DbTransaction>.SuppressWithResult(connection.BeginTransaction(eventData.IsolationLevel));
        }
        catch (Exception) // as above
        {
            GiveBack(connection);
            throw;
        }
    }

    public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        if (Writes(eventData)) await TakeAsync(command.Connection!, cancellationToken); // it is about to run on it
        return result;
    }

    public override InterceptionResult<DbDataReader> ReaderExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result)
    {
        if (Writes(eventData)) Take(command.Connection!); // as above
        return result;
    }

    public override async ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        if (Writes(eventData)) await TakeAsync(command.Connection!, cancellationToken); // as above
        return result;
    }

    public override InterceptionResult<int> NonQueryExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<int> result)
    {
        if (Writes(eventData)) Take(command.Connection!); // as above
        return result;
    }

    public InterceptionResult ConnectionClosing(DbConnection connection, ConnectionEventData eventData, InterceptionResult result)
    {
        GiveBack(connection);
        return result;
    }

    public ValueTask<InterceptionResult> ConnectionClosingAsync(DbConnection connection, ConnectionEventData eventData, InterceptionResult result)
    {
        GiveBack(connection);
        return ValueTask.FromResult(result);
    }

    public void Dispose() => turn.Dispose();

    private static bool Writes(CommandEventData command) => command.CommandSource is CommandSource.SaveChanges or CommandSource.ExecuteUpdate or CommandSource.ExecuteDelete;

    private async ValueTask TakeAsync(DbConnection connection, CancellationToken ct)
    {
        if (Volatile.Read(ref writer) == connection) return;
        if (!await turn.WaitAsync(Longest, ct)) throw Locked();
        Volatile.Write(ref writer, connection);
    }

    private void Take(DbConnection connection)
    {
        if (Volatile.Read(ref writer) == connection) return;
        if (!turn.Wait(Longest)) throw Locked();
        Volatile.Write(ref writer, connection);
    }

    private static SqliteException Locked() => new("Others are writing, and it takes them too long.", Busy);

    private void GiveBack(DbConnection connection)
    {
        if (Interlocked.CompareExchange(ref writer, null, connection) == connection) turn.Release();
    }
}
