using Elsa.Common.Models;
using Elsa.Workflows.Management;
using Elsa.Workflows.Models;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Approvals.Engines.Elsa;

/// <summary>
/// Timers die with their process and no other takes them over; a build that used the other engine has none. What is
/// overdue tells: the reviews' own index of due times, which no engine writes.
/// </summary>
internal sealed partial class ElsaSweep(ElsaEngine engine, ReviewTimes times, ILogger<ElsaSweep> logger) : BackgroundService
{
    private const int Batch = 200;
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(3);

    /// <summary>Whether the last sweep found Elsa or the database unable.</summary>
    public bool Failing { get; private set; }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            Failing = !await SweepAsync(stoppingToken);
            await Task.Delay(Every, TimeProvider.System, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<bool> SweepAsync(CancellationToken stopping)
    {
        IReadOnlyList<string> overdue = [];
        if (!await SucceedsAsync(async () => overdue = await times.OverdueAsync(Late, Batch, stopping))) return false;

        var all = true;
        foreach (var id in overdue) all &= stopping.IsCancellationRequested || await SucceedsAsync(() => engine.WakeAsync(id, stopping));
        return all;
    }

    private async Task<bool> SucceedsAsync(Func<Task> attempt)
    {
        try
        {
            await attempt();
            return true;
        }
        catch (Exception fault) // whatever Elsa throws: the next sweep tries again, and the health check tells
        {
            if (fault is not OperationCanceledException) LogFault(fault);
            return false;
        }
    }

    [LoggerMessage(1, LogLevel.Error, "Elsa could not be brought to an overdue review; trying again. Nothing is released meanwhile.")]
    private partial void LogFault(Exception fault);
}

/// <summary>Elsa's own start-up only logs its failures, and then nothing would ever fall due.</summary>
internal sealed class ElsaHealth(IServiceScopeFactory scopes, ElsaSweep sweep) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await using var scope = scopes.CreateAsyncScope();
        var handle = WorkflowDefinitionHandle.ByDefinitionId(ReviewWorkflow.DefinitionId, VersionOptions.Published);
        var found = await scope.ServiceProvider.GetRequiredService<IWorkflowDefinitionService>().TryFindWorkflowGraphAsync(handle, cancellationToken);
        return found.WorkflowGraphExists && !sweep.Failing ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("Elsa cannot run reviews.");
    }
}
