namespace ApprovalsUI.Client;

/// <summary>Runs something once nothing new has come for a moment; what was under way for something older is given up.</summary>
internal sealed class Pause(TimeSpan length, TimeProvider clock) : IDisposable
{
    private CancellationTokenSource? older;

    /// <returns>When it has run, or something newer has come.</returns>
    internal async Task ThenAsync(Func<CancellationToken, Task> act, bool atOnce = false)
    {
        var mine = new CancellationTokenSource();
        using (var before = Interlocked.Exchange(ref older, mine))
        {
            if (before is not null) await before.CancelAsync();
        }
        var cancel = mine.Token;
        try
        {
            if (!atOnce) await Task.Delay(length, clock, cancel);
            await act(cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // Something newer has come, or the page is left.
        }
    }

    public void Dispose()
    {
        using var last = Interlocked.Exchange(ref older, null);
        last?.Cancel();
    }
}
