using Contracts.Api;

namespace ApprovalsUI.Client.Triage;

/// <summary>Reviews of one pattern on somebody's screen, decided together: one reason, a vote and an outcome for each.</summary>
internal sealed class BatchDesk : IAsyncDisposable
{
    /// <summary>More than this nobody reads at once, and each is kept from everybody else meanwhile.</summary>
    internal const int Most = 100;

    /// <summary>Calls under way at once: many, and the services would rather have them one after another.</summary>
    private const int AtOnce = 4;

    private readonly QueueState queue;
    private readonly CancellationTokenSource closed = new();

    /// <param name="first">One of them; the others are those the person may decide that have its pattern.</param>
    internal BatchDesk(string first, PersonView person, ApprovalsClient approvals, GatewayClient gateway, QueueState queue, TimeProvider clock)
    {
        this.queue = queue;
        var pattern = queue.Rows.FirstOrDefault(row => row.Id == first)?.Review.Pattern;
        var alike = string.IsNullOrEmpty(pattern) ? [] : queue.Rows.Where(row => row.Standing == Standing.Yours && row.Review.Pattern == pattern).ToList();
        Items = [.. alike.Take(Most).Select(row => new BatchItem(row.Review, person, approvals, gateway, clock, () => Changed?.Invoke()))];
        Alike = alike.Count;
        queue.ReviewChanged += Hear;
    }

    internal event Action? Changed;

    internal IReadOnlyList<BatchItem> Items { get; }

    /// <summary>How many there were, of which <see cref="Items"/> are at most the first <see cref="Most"/>.</summary>
    internal int Alike { get; }

    /// <summary>Votes are on their way.</summary>
    internal bool Busy { get; private set; }

    internal IEnumerable<BatchItem> Chosen => Items.Where(item => item.Selected && item.MayDecide);

    internal Task LoadAsync() => EachAsync(Items, item => item.LoadAsync(closed.Token));

    internal async Task DecideAsync(bool approve, string? reason)
    {
        if (Busy)
        {
            return;
        }

        Busy = true;
        var said = string.IsNullOrWhiteSpace(reason) ? null : reason.Trim();
        await EachAsync([.. Chosen], async item =>
        {
            await item.VoteAsync(approve, said);
            queue.Apply([item.Review]);
        });
        Busy = false;
        Changed?.Invoke();
    }

    private async Task EachAsync(IReadOnlyList<BatchItem> items, Func<BatchItem, Task> act)
    {
        using var turns = new SemaphoreSlim(AtOnce);
        await Task.WhenAll(items.Select(async item =>
        {
            await turns.WaitAsync();
            try
            {
                await act(item);
                Changed?.Invoke();
            }
            catch (OperationCanceledException) when (closed.IsCancellationRequested)
            {
                // The page was left meanwhile.
            }
            finally
            {
                turns.Release();
            }
        }));
    }

    private void Hear(ReviewSummary review)
    {
        if (Items.Any(item => item.Hear(review)))
        {
            Changed?.Invoke();
        }
    }

    public async ValueTask DisposeAsync()
    {
        queue.ReviewChanged -= Hear;
        await closed.CancelAsync();
        await Task.WhenAll(Items.Select(item => item.DisposeAsync().AsTask()));
        closed.Dispose();
    }
}
