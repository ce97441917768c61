using System.Data.Common;
using Gateway.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Tests.Callers;

/// <summary>Counts look-ups of keys, and fails them when told to, as a database does that is away.</summary>
internal sealed class BrokenKeys : DbCommandInterceptor
{
    private int count;

    public bool Fails { get; set; }
    public int Count => count;

    public void AddTo(IServiceCollection services) => services.ConfigureDbContext<GatewayStore>(options => options.AddInterceptors(this));

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        if (!command.CommandText.Contains("\"ApiKeys\"", StringComparison.Ordinal)) return ValueTask.FromResult(result);
        Interlocked.Increment(ref count);
        return Fails ? throw new SqliteException("The database is away.", 14) : ValueTask.FromResult(result);
    }
}
