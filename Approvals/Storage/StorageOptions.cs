using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace Approvals.Storage;

internal sealed class StorageOptions
{
    public const string Section = "Approvals";

    /// <summary>SQLite connection string of the reviews' own database.</summary>
    public string Store { get; set; } = "Data Source=approvals.db";
}

internal sealed class StorageRules : IValidateOptions<StorageOptions>
{
    public ValidateOptionsResult Validate(string? name, StorageOptions options)
    {
        try
        {
            var store = new SqliteConnectionStringBuilder(options.Store);
            return store.DataSource is { Length: > 0 } and not ":memory:"
                ? ValidateOptionsResult.Success
                : ValidateOptionsResult.Fail($"{StorageOptions.Section}:Store names no file as its Data Source; reviews would not survive a restart.");
        }
        catch (ArgumentException)
        {
            return ValidateOptionsResult.Fail($"{StorageOptions.Section}:Store is not a SQLite connection string; reviews could not be kept.");
        }
    }
}
