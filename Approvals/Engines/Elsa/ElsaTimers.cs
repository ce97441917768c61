using Elsa.Common;
using Elsa.Scheduling;
using Elsa.Scheduling.Schedules;
using ITask = Elsa.Scheduling.ITask;

namespace Approvals.Engines.Elsa;

internal sealed class HouseClock(TimeProvider clock) : ISystemClock
{
    public DateTimeOffset UtcNow => clock.GetUtcNow();
}

/// <summary>
/// The timers of this process, in place of Elsa's own: those refuse more than 24 days, know only the machine's clock, and one
/// that fires after its host was disposed ends the process. Bookmarks are what lasts: each start sets their timers again.
/// </summary>
internal sealed partial class ElsaTimers(IServiceScopeFactory scopes, TimeProvider clock, ILogger<ElsaTimers> logger) : IScheduler, IHostedService, IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(20);
    private readonly Lock gate = new();
    private readonly Dictionary<string, ITimer> timers = [];
    private readonly HashSet<Task> running = [];
    private bool stopped;

    public ValueTask ScheduleAsync(string name, ITask task, ISchedule schedule, CancellationToken cancellationToken = default) =>
        ScheduleAsync(name, task, schedule, null, cancellationToken);

    public ValueTask ScheduleAsync(string name, ITask task, ISchedule schedule, IEnumerable<string>? keys = null, CancellationToken cancellationToken = default)
    {
        if (schedule is not SpecificInstantSchedule instant) throw new NotSupportedException("Reviews are due at one time each; nothing here recurs.");
        lock (gate) Arm(name, task, instant.StartAt);
        return ValueTask.CompletedTask;
    }

    public ValueTask ClearScheduleAsync(string name, CancellationToken cancellationToken = default)
    {
        lock (gate) Clear(name);
        return ValueTask.CompletedTask;
    }

    public async ValueTask ClearScheduleAsync(IEnumerable<string> keys, CancellationToken cancellationToken = default)
    {
        foreach (var key in keys) await ClearScheduleAsync(key, cancellationToken);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>No timer fires from here on; what has fired may finish.</summary>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        lock (gate) return Task.WhenAll(running).WaitAsync(cancellationToken);
    }

    public void Dispose()
    {
        lock (gate)
        {
            stopped = true;
            foreach (var name in timers.Keys.ToList()) Clear(name);
        }
    }

    private void Arm(string name, ITask task, DateTimeOffset at)
    {
        Clear(name);
        if (stopped) return;

        var wait = at - clock.GetUtcNow() + TimeSpan.FromMilliseconds(1); // timers cut off what is less
        var timed = TimeSpan.FromTicks(Math.Clamp(wait.Ticks, TimeSpan.TicksPerMillisecond, Longest.Ticks));
        using (ExecutionContext.SuppressFlow()) timers[name] = clock.CreateTimer(_ => Fire(name, task, at), null, timed, Timeout.InfiniteTimeSpan);
    }

    private void Clear(string name)
    {
        if (timers.Remove(name, out var timer)) timer.Dispose();
    }

    private void Fire(string name, ITask task, DateTimeOffset at)
    {
        lock (gate)
        {
            if (stopped || !timers.ContainsKey(name)) return;
            if (clock.GetUtcNow() < at)
            {
                Arm(name, task, at);
                return;
            }

            Clear(name);
            var run = Task.Run(() => RunAsync(task));
            running.Add(run);
            run.ContinueWith(ended =>
            {
                lock (gate) running.Remove(ended);
            }, TaskScheduler.Default);
        }
    }

    private async Task RunAsync(ITask task)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await task.ExecuteAsync(new TaskExecutionContext(scope.ServiceProvider, CancellationToken.None));
        }
        catch (Exception fault) // whatever it is: the review stays overdue, and the sweep comes to it
        {
            LogFault(fault);
        }
    }

    [LoggerMessage(1, LogLevel.Error, "A timer of Elsa's has failed; the sweep does its work in a few seconds.")]
    private partial void LogFault(Exception fault);
}
