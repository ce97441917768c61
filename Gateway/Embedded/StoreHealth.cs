using Gateway.Policy;
using Gateway.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Gateway.Embedded;

/// <summary>Ready: the store answers and a policy is loaded.</summary>
internal sealed class StoreHealth(IDbContextFactory<GatewayStore> stores, PromptPolicy policy) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await using var store = await stores.CreateDbContextAsync(cancellationToken);
        return await store.Database.CanConnectAsync(cancellationToken)
            ? HealthCheckResult.Healthy($"Policy {policy.Version}.")
            : HealthCheckResult.Unhealthy("The store cannot be opened.");
    }
}
