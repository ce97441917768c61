using Gateway.Dialects;
using Gateway.Prompts;
using Microsoft.Extensions.Options;

namespace Gateway.Load;

/// <summary>There is more to do than can be done soon; the caller may try again in a moment.</summary>
internal sealed class OverloadedException() : PromptRefusedException(
    new ApiError(StatusCodes.Status503ServiceUnavailable, "overloaded", "The gateway has more to do than it can do soon. Nothing was sent on; try again in a moment."));

/// <summary>
/// Counts the calls that need the gateway's own hands, and takes no more at once than it can do soon: what is refused early can
/// be sent again, and what was taken keeps its time. A burst waits for its turn, in its order.
/// </summary>
internal sealed class OwnWork(IOptions<LoadOptions> options, TimeProvider clock)
{
    private readonly LoadOptions bounds = options.Value;
    private readonly Lock gate = new();
    private readonly Queue<TaskCompletionSource> waiting = new();
    private int now;

    /// <summary>Whether one more would be refused anyway; to be asked before it costs anything.</summary>
    public bool IsFull
    {
        get
        {
            if (Volatile.Read(ref now) < bounds.MostAtOnce) return false;
            lock (gate) return waiting.Count >= bounds.MostWaiting;
        }
    }

    /// <summary>Its turn. Dispose it when the call is over.</summary>
    /// <exception cref="OverloadedException" />
    /// <exception cref="OperationCanceledException">The caller hung up.</exception>
    public ValueTask<Share> TakeAsync(CancellationToken ct)
    {
        TaskCompletionSource turn;
        lock (gate)
        {
            if (waiting.Count == 0 && now < bounds.MostAtOnce)
            {
                now++;
                return ValueTask.FromResult(new Share(this));
            }
            if (waiting.Count >= bounds.MostWaiting) throw new OverloadedException();
            waiting.Enqueue(turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }
        return WaitAsync(turn, ct);
    }

    private async ValueTask<Share> WaitAsync(TaskCompletionSource turn, CancellationToken ct)
    {
        try
        {
            await turn.Task.WaitAsync(bounds.LongestWait, clock, ct); // also where nothing moves at all
        }
        catch (Exception over) when (over is TimeoutException or OperationCanceledException)
        {
            if (turn.TrySetCanceled(CancellationToken.None))
            {
                if (over is TimeoutException) throw new OverloadedException();
                throw;
            }
            // It came at the last moment.
        }
        return new Share(this);
    }

    private void ComeBack()
    {
        lock (gate) now++;
    }

    private void GiveBack()
    {
        lock (gate)
        {
            now--;
            while (now < bounds.MostAtOnce && waiting.TryDequeue(out var next))
            {
                if (next.TrySetResult()) now++; // else it has given up
            }
        }
    }

    /// <summary>One call's part of it. However its waits overlap, it is counted once at most, and not at all when the call is over.</summary>
    public sealed class Share(OwnWork work) : IDisposable
    {
        private const int Away = 0, Counted = 1, Over = 2;
        private int state = Counted;

        /// <summary>Others are waited for. What comes back is not refused any more, however much there is to do.</summary>
        public void Leave()
        {
            if (Interlocked.CompareExchange(ref state, Away, Counted) == Counted) work.GiveBack();
        }

        public void Return()
        {
            if (Interlocked.CompareExchange(ref state, Counted, Away) == Away) work.ComeBack();
        }

        public void Dispose()
        {
            if (Interlocked.Exchange(ref state, Over) == Counted) work.GiveBack();
        }
    }
}
