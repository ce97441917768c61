using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Storage;

namespace Shared;

/// <summary>
/// Saves what a store tracks by prepared statements: new rows, and rows that changed and still are as they were read. Whatever else there is to save, the mapper saves
/// all of it. For SQLite.
/// </summary>
/// <param name="store">Its connection must stay open.</param>
internal sealed class PlainSaves(DbContext store) : IAsyncDisposable
{
    /// <summary>One for each set of columns that changed together.</summary>
    private const int MostUpdates = 32;

    private readonly PlainInserts inserts = new(store);
    private readonly Dictionary<string, PlainUpdate> updates = new(StringComparer.Ordinal);

    /// <summary>In the transaction that the store is in. Changes must have been detected; what was saved is tracked as it was, so the tracker is to be cleared.</summary>
    /// <exception cref="DbUpdateException">The store refused, or somebody else was first; the transaction is of no use any more.</exception>
    /// <returns>What went past the mapper, and so past everybody who listens to it.</returns>
    public async Task<IReadOnlyList<object>> SaveAsync(CancellationToken ct)
    {
        var rows = store.ChangeTracker.Entries().Where(row => row.State is EntityState.Added or EntityState.Modified or EntityState.Deleted).ToList();
        if (!rows.TrueForAll(IsPlain))
        {
            await store.SaveChangesAsync(ct);
            return [];
        }
        var transaction = store.Database.CurrentTransaction?.GetDbTransaction() ?? throw new InvalidOperationException("Rows are saved inside a transaction, which is missing.");
        try
        {
            foreach (var row in rows.Where(row => row.State == EntityState.Modified)) Update(row, transaction);
            // A row comes before those that belong to it.
            foreach (var row in rows.Where(row => row.State == EntityState.Added).OrderBy(row => row.Metadata.GetForeignKeys().Any())) inserts.Add(row, transaction);
        }
        catch (DbException fault)
        {
            throw new DbUpdateException("A change could not be written.", fault);
        }
        return [.. rows.Select(row => row.Entity)];
    }

    public async ValueTask DisposeAsync()
    {
        await inserts.DisposeAsync();
        Forget();
    }

    private static bool IsPlain(EntityEntry row) => row.State == EntityState.Added || (row.State == EntityState.Modified && !row.Metadata.IsOwned() && TokenOf(row) is { IsModified: true });

    private static PropertyEntry? TokenOf(EntityEntry row) => row.Properties.FirstOrDefault(property => property.Metadata.IsConcurrencyToken);

    private void Update(EntityEntry row, DbTransaction transaction)
    {
        var columns = row.Properties.Where(property => property.IsModified).Select(property => property.Metadata.Name).ToList();
        var name = $"{row.Metadata.Name}({string.Join(',', columns)})";
        if (!updates.TryGetValue(name, out var update))
        {
            if (updates.Count >= MostUpdates) Forget();
            updates.Add(name, update = new PlainUpdate(store, row.Metadata.ClrType, columns));
        }
        if (!update.TryWrite(row.Entity, TokenOf(row)!.OriginalValue!, transaction)) throw new DbUpdateConcurrencyException($"Somebody else changed a row of {row.Metadata.DisplayName()} first."); // it is plain, so it has one
    }

    private void Forget()
    {
        foreach (var update in updates.Values) update.Dispose();
        updates.Clear();
    }
}
