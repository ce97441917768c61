using ApprovalsUI.Client.Calls;
using Contracts.Api;

namespace ApprovalsUI.Client;

/// <summary>Grants as they are used: asked for every few seconds, for as long as somebody can be looking.</summary>
internal sealed class GrantWatch(GrantsClient grants, TimeProvider clock, Func<Task<bool>> hidden) : IAsyncDisposable
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(3);
    private readonly CancellationTokenSource stop = new();
    private Task? running;

    internal event Action? Changed;

    /// <summary>Newest first; as they were when last heard of, and null before.</summary>
    internal IReadOnlyList<GrantView>? Grants { get; private set; }

    /// <summary>Why they could not be listed the last time.</summary>
    internal ApiProblem? Problem { get; private set; }

    internal async Task OpenAsync()
    {
        await LoadAsync();
        running ??= RunAsync(stop.Token);
    }

    internal async Task LoadAsync()
    {
        var answer = await grants.ListAsync(stop.Token);
        Problem = answer.Problem();
        Grants = answer is ApiResult<GrantView[]>.Ok(var all) ? all : Grants;
        Changed?.Invoke();
    }

    private async Task RunAsync(CancellationToken cancel)
    {
        try
        {
            while (true)
            {
                await Task.Delay(LookEvery, clock, cancel);
                if (!await hidden()) await LoadAsync();
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // The page is left.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        if (running is not null) await running;
        stop.Dispose();
    }
}
