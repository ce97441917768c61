using System.Globalization;
using Microsoft.EntityFrameworkCore;

namespace Shared;

/// <summary>Lets any number of instances share the rows that are due without waiting for each other.</summary>
internal static class DueRows
{
    /// <summary>
    /// Rows whose <paramref name="dueColumn"/> has come, first due first, locked for the transaction under way; rows that
    /// another instance holds are passed over. SQLite has one writer, and its transaction holds all of them.
    /// </summary>
    /// <remarks>The locks save work; what makes it right is that whoever handles a row twice does no harm.</remarks>
    public static Task<List<T>> LockDueAsync<T>(this DbContext store, string dueColumn, DateTimeOffset now, int most, CancellationToken ct) where T : class
    {
        if (store.Database.CurrentTransaction is null) throw new InvalidOperationException("Rows are locked inside a transaction, which is missing.");

        var entity = store.Model.FindEntityType(typeof(T)) ?? throw new InvalidOperationException($"{typeof(T).Name} is not stored.");
        string Quoted(string name) => store.Database.IsSqlServer() ? $"[{name}]" : $"\"{name}\"";
        var table = entity.GetSchema() is { } schema ? $"{Quoted(schema)}.{Quoted(entity.GetTableName()!)}" : Quoted(entity.GetTableName()!); // each of them has a table
        var due = Quoted(dueColumn);
        var rows = most.ToString(CultureInfo.InvariantCulture);
        var sql = store.Database.IsSqlServer() ? $"SELECT TOP ({rows}) * FROM {table} WITH (UPDLOCK, READPAST, ROWLOCK) WHERE {due} <= {{0}} ORDER BY {due}"
            : store.Database.IsNpgsql() ? $"SELECT * FROM {table} WHERE {due} <= {{0}} ORDER BY {due} LIMIT {rows} FOR UPDATE SKIP LOCKED"
            : $"SELECT * FROM {table} WHERE {due} <= {{0}} ORDER BY {due} LIMIT {rows}";
        return store.Set<T>().FromSqlRaw(sql, now.UtcDateTime).ToListAsync(ct);
    }
}
