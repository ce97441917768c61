using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Gateway.Policy;

/// <summary>Ready only with a policy: without one nothing may be let through.</summary>
internal sealed class PolicyHealth(PolicyInForce policy) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(policy.IsLoaded ? HealthCheckResult.Healthy($"Policy {policy.Current.Version}.") : HealthCheckResult.Unhealthy("No policy is loaded."));
}
