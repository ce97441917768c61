using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace Gateway.Storage;

/// <summary>
/// Inserts new rows with one prepared statement for each table, without the mapper's bookkeeping for each row. Names, columns and
/// conversions are the model's, so what is stored is the same. For SQLite, where a statement costs no round trip.
/// </summary>
internal sealed class PlainInserts(GatewayStore store, DbTransaction transaction) : IAsyncDisposable
{
    private static readonly ConcurrentDictionary<Type, Table> Tables = new();

    private readonly Dictionary<Type, (Table Table, DbCommand Command)> prepared = [];

    /// <exception cref="DbException">The store refused the row; the transaction is of no use any more.</exception>
    public async Task AddAsync(object row)
    {
        if (!prepared.TryGetValue(row.GetType(), out var insert))
        {
            var table = Tables.GetOrAdd(row.GetType(), static (type, store) => new Table(store, type), store);
            var command = transaction.Connection!.CreateCommand(); // it is under way
            command.Transaction = transaction;
            prepared.Add(row.GetType(), insert = (table, table.Prepare(command)));
        }
        insert.Table.Bind(insert.Command, row);
        await insert.Command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (_, command) in prepared.Values) await command.DisposeAsync();
    }

    private sealed class Table
    {
        private readonly string text;
        private readonly (IProperty Property, RelationalTypeMapping Mapping)[] columns;

        public Table(GatewayStore store, Type type)
        {
            var sql = store.GetService<ISqlGenerationHelper>();
            var mapping = store.Model.FindEntityType(type)?.GetTableMappings().Single() ?? throw new ArgumentException($"{type.Name} has no table.", nameof(type));
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

        public void Bind(DbCommand command, object row)
        {
            for (var i = 0; i < columns.Length; i++)
            {
                var value = columns[i].Property.GetGetter().GetClrValueUsingContainingEntity(row);
                command.Parameters[i].Value = value is null ? DBNull.Value : columns[i].Mapping.Converter is { } converter ? converter.ConvertToProvider(value) ?? DBNull.Value : value;
            }
        }

        /// <summary>A number that grows by itself.</summary>
        private static bool IsGivenByStore(IProperty property) => property.ValueGenerated == ValueGenerated.OnAdd && property.ClrType == typeof(long);

        private static string Name(int column) => $"@p{column}";
    }
}
