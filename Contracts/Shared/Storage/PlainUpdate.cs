using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace Shared;

/// <summary>
/// Writes some columns of a row by one prepared statement, if the row is still as it was read: the sister of <see cref="PlainInserts"/>, with the
/// model's names and conversions too.
/// </summary>
internal sealed class PlainUpdate : IDisposable
{
    private readonly DbCommand command;
    private readonly (IProperty Property, RelationalTypeMapping Mapping)[] bound;

    /// <param name="store">Its connection must stay open.</param>
    /// <param name="columns">Written as they are; no others are touched. The model's concurrency token must be one of them.</param>
    public PlainUpdate(DbContext store, Type type, IReadOnlyList<string> columns)
    {
        var sql = store.GetService<ISqlGenerationHelper>();
        var table = store.Model.FindEntityType(type)?.GetTableMappings().Single() ?? throw new ArgumentException($"{type.Name} has no table.", nameof(type));
        var all = table.ColumnMappings.ToDictionary(column => column.Property.Name);
        var written = columns.Select(name => all[name]).ToList();
        var key = table.ColumnMappings.Single(column => column.Property.IsPrimaryKey());
        var token = written.Single(column => column.Property.IsConcurrencyToken);
        bound = [.. written.Append(key).Append(token).Select(column => (column.Property, column.TypeMapping))];

        command = store.Database.GetDbConnection().CreateCommand();
        command.CommandText = $"UPDATE {sql.DelimitIdentifier(table.Table.Name, table.Table.Schema)} SET {string.Join(", ", written.Select((column, i) => $"{Name(column)} = {Parameter(i)}"))} "
            + $"WHERE {Name(key)} = {Parameter(written.Count)} AND {Name(token)} = {Parameter(written.Count + 1)}";
        for (var i = 0; i < bound.Length; i++) command.Parameters.Add(bound[i].Mapping.CreateParameter(command, Parameter(i), null, bound[i].Property.IsNullable));

        string Name(IColumnMapping column) => sql.DelimitIdentifier(column.Column.Name);
        static string Parameter(int column) => $"@p{column}";
    }

    /// <param name="token">The concurrency token as it was read.</param>
    /// <returns>False when somebody else was first; then nothing is written.</returns>
    public bool TryWrite(object row, object token, DbTransaction transaction)
    {
        command.Transaction = transaction;
        for (var i = 0; i < bound.Length; i++)
        {
            var (property, mapping) = bound[i];
            command.Parameters[i].Value = mapping.ToParameter(i == bound.Length - 1 ? token : property.GetGetter().GetClrValueUsingContainingEntity(row));
        }
        return command.ExecuteNonQuery() == 1;
    }

    public void Dispose() => command.Dispose();
}
