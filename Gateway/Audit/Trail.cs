using System.Threading.Channels;
using Gateway.Telemetry;

namespace Gateway.Audit;

/// <summary>The trail cannot be written, so nothing may leave.</summary>
internal sealed class TrailUnavailableException(Exception cause) : Exception("The audit trail cannot be written.", cause);

/// <summary>
/// Writes entries, and what belongs to them, durably and in groups: everything that waits while one commit is
/// under way goes into the next. Who finds nobody writing writes at once, without another thread having to wake up for it.
/// A caller returns from <see cref="RecordAsync"/> when its entry is on disk.
/// </summary>
internal sealed partial class Trail(ITrailWriter writer, GatewayMetrics metrics, TimeProvider clock, ILogger<Trail> logger) : BackgroundService
{
    private const int LongestGroup = 256;

    /// <summary>How many may wait before callers are held back.</summary>
    private const int LongestQueue = 4096;

    private readonly Channel<Pending> queue = Channel.CreateBounded<Pending>(LongestQueue);

    /// <summary>To write; one has it.</summary>
    private readonly SemaphoreSlim turn = new(1, 1);

    /// <param name="rows">Saved in the same transaction: the sealed texts it points to.</param>
    /// <exception cref="TrailUnavailableException">The store refused; nothing was recorded, so nothing may leave.</exception>
    public async Task RecordAsync(TrailEntry entry, IReadOnlyList<object> rows, CancellationToken ct)
    {
        var pending = new Pending(entry, rows);
        if (!await TryAtOnceAsync(pending))
        {
            try
            {
                await queue.Writer.WriteAsync(pending, ct);
            }
            catch (ChannelClosedException fault)
            {
                throw new TrailUnavailableException(fault);
            }
        }
        await pending.Written.Task.WaitAsync(ct);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var group = new List<Pending>(LongestGroup);
        while (await queue.Reader.WaitToReadAsync(CancellationToken.None))
        {
            await turn.WaitAsync(CancellationToken.None);
            try
            {
                while (group.Count < LongestGroup && queue.Reader.TryRead(out var pending)) group.Add(pending);
                await CommitAsync(group);
            }
            finally
            {
                turn.Release();
            }
            group.Clear();
        }
    }

    /// <summary>Takes no more, and writes what was taken.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        queue.Writer.TryComplete();
        if (ExecuteTask is { } writing) await writing.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var last = turn.WaitAsync(cancellationToken); // of those who write at once
        await last.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (last.IsCompletedSuccessfully) turn.Release();
        await base.StopAsync(cancellationToken);
    }

    public override void Dispose()
    {
        turn.Dispose();
        base.Dispose();
    }

    /// <returns>False where somebody writes already, or nobody does any more.</returns>
    private async ValueTask<bool> TryAtOnceAsync(Pending pending)
    {
        if (!turn.Wait(0, CancellationToken.None)) return false;
        try
        {
            if (queue.Reader.Completion.IsCompleted) return false;
            await CommitAsync([pending]);
            return true;
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task CommitAsync(List<Pending> group)
    {
        var started = clock.GetTimestamp();
        try
        {
            await writer.WriteAsync([.. group.Select(pending => pending.Entry)], [.. group.SelectMany(pending => pending.Rows)]);
            metrics.TrailWritten(clock.GetElapsedTime(started));
            foreach (var pending in group) pending.Written.SetResult();
        }
        // Whatever went wrong, each waiting caller must learn that nothing was written; the loop must live on.
        catch (Exception fault)
        {
            metrics.TrailFailed(group.Count);
            LogNotWritten(fault, group.Count);
            foreach (var pending in group) pending.Written.SetException(new TrailUnavailableException(fault));
        }
    }

    [LoggerMessage(1, LogLevel.Error, "{Entries} trail entries could not be written; their answers do not leave.")]
    private partial void LogNotWritten(Exception fault, int entries);

    private sealed record Pending(TrailEntry Entry, IReadOnlyList<object> Rows)
    {
        public TaskCompletionSource Written { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
