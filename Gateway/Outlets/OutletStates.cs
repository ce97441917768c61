using System.Collections.Concurrent;
using Gateway.Telemetry;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Gateway.Outlets;

/// <summary>How far behind each outlet was when it was last looked at, whichever gateway sends it.</summary>
internal sealed class OutletStates(GatewayMetrics metrics, TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, DateTimeOffset?> since = new();

    public void Set(string outlet, long lag, DateTimeOffset? waiting)
    {
        since[outlet] = waiting;
        metrics.OutletBehind(outlet, Math.Max(0, lag));
    }

    /// <summary>How long the oldest checkpoint that was not sent has waited.</summary>
    public TimeSpan BehindOf(string outlet) => since.GetValueOrDefault(outlet) is { } waiting ? clock.GetUtcNow() - waiting : TimeSpan.Zero;
}

/// <summary>An outlet that is late makes the gateway <c>Degraded</c>: somebody should look, and callers are served all the same.</summary>
internal sealed class OutletHealth(OutletStates states, IOptions<OutletList> options) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var late = options.Value.Outlets.Where(outlet => states.BehindOf(outlet.Name) > outlet.LateAfter).Select(outlet => outlet.Name).ToList();
        return Task.FromResult(late.Count == 0 ? HealthCheckResult.Healthy() : HealthCheckResult.Degraded($"Not up to date: {string.Join(", ", late)}."));
    }
}
