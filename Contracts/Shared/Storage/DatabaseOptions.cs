using System.ComponentModel;
using System.Data.Common;
using System.Globalization;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Shared;

internal enum DatabaseProvider
{
    /// <summary>One file, one process: for one machine.</summary>
    Sqlite,
    SqlServer,
    PostgreSql,
}

internal enum Migrate
{
    /// <summary>The service brings its tables to its own version before it opens its doors; others that start meanwhile wait.</summary>
    AtStart,

    /// <summary>The service may not change tables: it refuses to start on older ones. Run its command <c>migrate</c> first.</summary>
    ByCommand,
}

/// <summary>Where a service keeps its tables.</summary>
internal sealed class DatabaseOptions
{
    public DatabaseProvider Provider { get; set; } = DatabaseProvider.Sqlite;

    /// <summary>ADO.NET connection string of the provider. Holds a password as a rule: never logged, never in an error.</summary>
    public string Connection { get; set; } = "";

    public Migrate Migrate { get; set; } = Migrate.AtStart;
}

/// <param name="section">Where the options come from, for the messages.</param>
internal sealed class DatabaseRules(string section) : IValidateOptions<DatabaseOptions>
{
    public ValidateOptionsResult Validate(string? name, DatabaseOptions options)
    {
        if (name != section) return ValidateOptionsResult.Skip;
        if (options.Connection.Length == 0) return Fail("is empty; nothing could be kept. Set it to a connection string.");
        if (!Enum.IsDefined(options.Provider)) throw new InvalidEnumArgumentException(nameof(options.Provider), (int)options.Provider, typeof(DatabaseProvider));
        if (options.Provider == DatabaseProvider.SqlServer && HasNoCultures)
        {
            return ValidateOptionsResult.Fail(
                $"{section}:Provider is SqlServer, whose client needs the ICU libraries, and this process runs without them. Install ICU (libicu), or use an image that has it, and set DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=false.");
        }
        try
        {
            return options.Provider switch
            {
                DatabaseProvider.Sqlite => new SqliteConnectionStringBuilder(options.Connection) is { DataSource: { Length: > 0 } and not ":memory:", Mode: not SqliteOpenMode.Memory }
                    ? ValidateOptionsResult.Success : Fail("names no file as its Data Source; nothing would survive a restart."),
                DatabaseProvider.SqlServer => NamesServer(new SqlConnectionStringBuilder(options.Connection), "Data Source"),
                DatabaseProvider.PostgreSql => NamesServer(new NpgsqlConnectionStringBuilder(options.Connection), "Host"),
                _ => throw new System.Diagnostics.UnreachableException(),
            };
        }
        // What is wrong may stand beside the password: the message names the key only.
        catch (Exception fault) when (fault is ArgumentException or FormatException or KeyNotFoundException or InvalidOperationException)
        {
            return Fail($"is not a connection string for {options.Provider}; nothing could be kept.");
        }
    }

    /// <summary>In globalization-invariant mode, where SqlClient opens no connection, every culture is the invariant one.</summary>
    private static bool HasNoCultures => CultureInfo.GetCultureInfo("en-US").EnglishName.Contains("Invariant", StringComparison.Ordinal);

    private ValidateOptionsResult NamesServer(DbConnectionStringBuilder connection, string key) =>
        connection.TryGetValue(key, out var server) && server is string { Length: > 0 } ? ValidateOptionsResult.Success : Fail($"names no server ({key}); nothing could be kept.");

    private ValidateOptionsResult Fail(string sentence) => ValidateOptionsResult.Fail($"{section}:Connection {sentence}");
}
