using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Shared;

namespace Gateway.Storage;

internal static class StorageExtensions
{
    public static IHostApplicationBuilder AddGatewayStorage(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<StorageOptions>().BindConfiguration(StorageOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<OutboxSignal>().AddSingleton<TextVault>();
        services.AddPooledDbContextFactory<GatewayStore>((sp, options) => options
            .UseSqlite(sp.GetRequiredService<IOptions<StorageOptions>>().Value.Connection)
            .AddInterceptors(sp.GetRequiredService<OutboxSignal>(), new SqliteManners()));
        services.AddHostedService<OutboxDispatcher<GatewayStore>>();
        return builder;
    }

    public static async Task MigrateGatewayAsync(this IServiceProvider services, CancellationToken ct)
    {
        await using var store = await services.GetRequiredService<IDbContextFactory<GatewayStore>>().CreateDbContextAsync(ct);
        await store.Database.MigrateAsync(ct);
        // EF Core makes its relational model at the first query, and not safely for two at once: make it before the host starts.
        await store.Set<OutboxMessage>().AnyAsync(ct);
    }
}
