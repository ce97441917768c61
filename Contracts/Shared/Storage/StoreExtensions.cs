using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Shared;

internal static class StoreExtensions
{
    /// <summary>A store on any of the three databases, with its settings, migrations and health check.</summary>
    /// <param name="section">Of its <see cref="DatabaseOptions"/>.</param>
    /// <param name="schema">Its own, so that all services may share one database.</param>
    public static IHostApplicationBuilder AddStore<TStore>(
        this IHostApplicationBuilder builder, string section, string schema, Func<DatabaseProvider, DbContextOptions<TStore>, TStore> withMigrations)
        where TStore : DbContext
    {
        var services = builder.Services;
        services.AddOptions<DatabaseOptions>(section).BindConfiguration(section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<DatabaseOptions>>(new DatabaseRules(section));
        services.TryAddSingleton(TimeProvider.System);
        DatabaseOptions Options(IServiceProvider provider) => provider.GetRequiredService<IOptionsMonitor<DatabaseOptions>>().Get(section);

        services.AddPooledDbContextFactory<TStore>((provider, store) => store.UseDatabase(Options(provider), schema).AddInterceptors(provider.GetKeyedServices<IInterceptor>(typeof(TStore))));
        services.AddSingleton<KeptStores<TStore>>();
        services.AddSingleton<IStoreMigration>(provider => new StoreMigration<TStore>(
            provider.GetRequiredService<DbContextOptions<TStore>>(), withMigrations, Options(provider), section, schema, provider.GetRequiredService<ILogger<StoreMigration<TStore>>>()));
        services.AddHostedService(provider => ActivatorUtilities.CreateInstance<SqliteLogKeeper<TStore>>(provider, Options(provider)));
        services.MakeAhead(provider =>
        {
            using var store = provider.GetRequiredService<IDbContextFactory<TStore>>().CreateDbContext();
            _ = store.Model;
        });
        services.AddHealthChecks().AddCheck<StoreHealth<TStore>>($"{schema}-database", HealthStatus.Unhealthy, timeout: TimeSpan.FromSeconds(5));
        return builder;
    }

    /// <summary>Brings every store of this service to its version. Call before the host starts.</summary>
    public static async Task MigrateStoresAsync(this IServiceProvider services, bool byCommand, CancellationToken ct)
    {
        foreach (var migration in services.GetServices<IStoreMigration>()) await migration.RunAsync(byCommand, ct);
    }
}
