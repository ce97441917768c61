using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace Shared;

/// <summary>
/// Inserts new rows with one prepared statement for each table, without the mapper's bookkeeping for each row. Names, columns and
/// conversions are the model's, so what is stored is the same. For SQLite, where a statement costs no round trip.
/// </summary>
/// <param name="store">Its connection must stay open, or be open whenever it is used.</param>
internal sealed class PlainInserts(DbContext store) : IAsyncDisposable
{
    private static readonly ConditionalWeakTable<IEntityType, Table> Tables = [];

    private readonly Dictionary<IEntityType, (Table Table, DbCommand Command)> prepared = [];

    /// <exception cref="DbException">The store refused the row; the transaction is of no use any more.</exception>
    public void Add(object row, DbTransaction transaction) => Add(store.Model.FindEntityType(row.GetType()) ?? throw new ArgumentException($"{row.GetType().Name} has no table.", nameof(row)), row, null, transaction);

    /// <summary>The same for a row that is tracked: it may belong to another, whose key it then has.</summary>
    public void Add(EntityEntry row, DbTransaction transaction) => Add(row.Metadata, row.Entity, row, transaction);

    private void Add(IEntityType type, object row, EntityEntry? tracked, DbTransaction transaction)
    {
        if (!prepared.TryGetValue(type, out var insert))
        {
            var table = Tables.GetValue(type, of => new Table(store, of));
            prepared.Add(type, insert = (table, table.Prepare(store.Database.GetDbConnection().CreateCommand())));
        }
        insert.Command.Transaction = transaction;
        insert.Table.Bind(insert.Command, row, tracked);
        insert.Command.ExecuteNonQuery(); // the library has no other way: it never waits but for the disk
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (_, command) in prepared.Values) await command.DisposeAsync();
    }

    private sealed class Table
    {
        private readonly string text;
        private readonly (IProperty Property, RelationalTypeMapping Mapping)[] columns;

        public Table(DbContext store, IEntityType type)
        {
            var sql = store.GetService<ISqlGenerationHelper>();
            var mapping = type.GetTableMappings().Single();
            var written = mapping.ColumnMappings.Where(column => !IsGivenByStore(column.Property)).ToList();
            columns = [.. written.Select(column => (column.Property, column.TypeMapping))];
            text = $"INSERT INTO {sql.DelimitIdentifier(mapping.Table.Name, mapping.Table.Schema)} ({string.Join(", ", written.Select(column => sql.DelimitIdentifier(column.Column.Name)))}) "
                + $"VALUES ({string.Join(", ", written.Select((_, i) => Name(i)))})";
        }

        public DbCommand Prepare(DbCommand command)
        {
            command.CommandText = text;
            for (var i = 0; i < columns.Length; i++) command.Parameters.Add(columns[i].Mapping.CreateParameter(command, Name(i), null, columns[i].Property.IsNullable));
            return command;
        }

        public void Bind(DbCommand command, object row, EntityEntry? tracked)
        {
            for (var i = 0; i < columns.Length; i++)
            {
                var (property, mapping) = columns[i];
                command.Parameters[i].Value = mapping.ToParameter(property.IsShadowProperty() ? tracked!.Property(property).CurrentValue : property.GetGetter().GetClrValueUsingContainingEntity(row)); // who has such a column is tracked
            }
        }

        /// <summary>A number that grows by itself.</summary>
        private static bool IsGivenByStore(IProperty property) => property.ValueGenerated == ValueGenerated.OnAdd && property.ClrType == typeof(long);

        private static string Name(int column) => $"@p{column}";
    }
}

internal static class PlainValues
{
    /// <summary>As the mapper would hand it to the database.</summary>
    public static object ToParameter(this RelationalTypeMapping mapping, object? value) =>
        value is null ? DBNull.Value : mapping.Converter is { } converter ? converter.ConvertToProvider(value) ?? DBNull.Value : value;
}

internal static class NewRows
{
    /// <summary>Saves rows that nobody looks at any more in this store, in the transaction that it is in.</summary>
    public static async Task InsertAsync(this DbContext store, IReadOnlyList<object> rows, CancellationToken ct)
    {
        if (store.IsOnSqlite())
        {
            var transaction = store.Database.CurrentTransaction?.GetDbTransaction() ?? throw new InvalidOperationException("Rows are inserted inside a transaction, which is missing.");
            await using var inserts = new PlainInserts(store);
            foreach (var row in rows) inserts.Add(row, transaction);
            return;
        }
        store.AddRange(rows);
        await store.SaveChangesAsync(ct);
    }
}
