using ApprovalsUI.Client.Calls;
using Contracts;
using Contracts.Api;

namespace ApprovalsUI.Client;

/// <summary>Looks every half minute whether the machinery itself needs somebody; only for people who may know.</summary>
internal sealed class AlertWatch(ApprovalsClient approvals, PersonSession person, TimeProvider clock) : IAsyncDisposable
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(30);
    private readonly CancellationTokenSource stop = new();
    private Task? running;

    internal event Action? Changed;

    /// <summary>Newest first; as it was when last asked, also while the service does not answer.</summary>
    internal IReadOnlyList<AlertView> Alerts { get; private set; } = [];

    /// <summary>Starts looking; a second call changes nothing.</summary>
    internal void Start() => running ??= RunAsync(stop.Token);

    /// <summary>Somebody has looked. Gone from the screen only when the service has taken note.</summary>
    internal async Task DismissAsync(AlertView alert)
    {
        if (await approvals.DismissAsync(alert.Id, stop.Token)) Take([.. Alerts.Where(other => other.Id != alert.Id)]);
    }

    private async Task RunAsync(CancellationToken cancel)
    {
        if (!(await person.PersonAsync()).Permissions.Contains(Permissions.ReadTrail)) return;
        try
        {
            while (true)
            {
                if (await approvals.AlertsAsync(cancel) is ApiResult<AlertView[]>.Ok(var alerts)) Take(alerts);
                await Task.Delay(LookEvery, clock, cancel);
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // The page is left.
        }
    }

    private void Take(IReadOnlyList<AlertView> alerts)
    {
        if (alerts.Select(alert => alert.Id).SequenceEqual(Alerts.Select(alert => alert.Id))) return;
        Alerts = alerts;
        Changed?.Invoke();
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        if (running is not null) await running;
        stop.Dispose();
    }
}
