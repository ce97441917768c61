using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Gateway.Policy;

/// <summary>Ready only with a policy: without one nothing may be let through.</summary>
internal sealed class PolicyHealth(PromptPolicy policy) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(policy.Version.Length > 0 ? HealthCheckResult.Healthy($"Policy {policy.Version}.") : HealthCheckResult.Unhealthy("No policy is loaded."));
}
