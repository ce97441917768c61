using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Shared;

/// <summary>Ready only while the database answers: without it nothing may be let through.</summary>
internal sealed class StoreHealth<TStore>(IDbContextFactory<TStore> stores) : IHealthCheck where TStore : DbContext
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await using var store = await stores.CreateDbContextAsync(cancellationToken);
        return await store.Database.CanConnectAsync(cancellationToken) ? HealthCheckResult.Healthy() : new HealthCheckResult(context.Registration.FailureStatus, "The database does not answer.");
    }
}
