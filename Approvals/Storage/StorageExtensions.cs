using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Shared;

namespace Approvals.Storage;

internal static class StorageExtensions
{
    public static IHostApplicationBuilder AddApprovalsStorage(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<StorageOptions>().BindConfiguration(StorageOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<StorageOptions>, StorageRules>();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<OutboxSignal>();
        builder.Services.AddPooledDbContextFactory<ApprovalsStore>((services, store) => store
            .UseSqlite(services.GetRequiredService<IOptions<StorageOptions>>().Value.Store)
            .AddInterceptors(new SqliteManners(), services.GetRequiredService<OutboxSignal>()));
        builder.Services.AddSingleton<SingleWriter>();
        builder.Services.AddHostedService<OutboxDispatcher<ApprovalsStore>>();
        return builder;
    }

    public static async Task MigrateStoreAsync(this IServiceProvider services, CancellationToken ct)
    {
        await using var store = await services.GetRequiredService<IDbContextFactory<ApprovalsStore>>().CreateDbContextAsync(ct);
        await store.Database.MigrateAsync(ct);
        // EF Core makes its relational model at the first query, and not safely for two at once: make it before the host starts.
        await store.Set<OutboxMessage>().AnyAsync(ct);
    }
}
