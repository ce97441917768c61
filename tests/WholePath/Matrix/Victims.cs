namespace WholePath.Matrix;

/// <summary>
/// Clients that are killed in the middle of their calls: all the calls of one process die together, as soon as each of
/// them waits at the gateway.
/// </summary>
internal sealed class Victims(ClientProcess process, int calls) : IAsyncDisposable
{
    private readonly TaskCompletionSource dead = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int left = calls;

    public Task<ClientReply> CallAsync(ClientCall call) => process.CallAsync(call);

    /// <summary>Done when the process is gone: the last of its calls to get here kills it.</summary>
    public async Task DieTogetherAsync()
    {
        if (Interlocked.Decrement(ref left) == 0)
        {
            await process.KillAsync();
            dead.TrySetResult();
        }
        await dead.Task;
    }

    public ValueTask DisposeAsync() => process.DisposeAsync();
}
