using Gateway.Telemetry;
using Microsoft.Extensions.Options;

namespace Gateway.Outlets;

/// <summary>
/// Walks each outlet along the trail, each on a loop of its own: look how far it is, take it if no other gateway has it, send, move
/// its cursor. What fails is tried again with growing pauses; nothing else waits for it.
/// </summary>
internal sealed partial class OutletSender(
    IReadOnlyList<IOutlet> outlets, OutletCursors cursors, OutletFeed feed, OutletStates states, GatewayMetrics metrics, IOptions<OutletList> options, TimeProvider clock, ILogger<OutletSender> logger)
    : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestBackoff = TimeSpan.FromMinutes(5);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(options.Value.Outlets.Select(settings => WalkAsync(outlets.First(outlet => outlet.Name == settings.Name), settings, stoppingToken)));

    private async Task WalkAsync(IOutlet outlet, OutletOptions settings, CancellationToken ct)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding); // the first look does not hold up the start
        var failures = 0;
        while (!ct.IsCancellationRequested)
        {
            var pause = Look;
            try
            {
                if (await StepAsync(outlet, settings, ct)) pause = TimeSpan.Zero;
                failures = 0;
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                break;
            }
            // Whatever went wrong: it is said, this outlet tries again, and the gateway does its work meanwhile.
            catch (Exception fault)
            {
                metrics.OutletFailed(outlet.Name);
                pause = Backoff(settings.FirstBackoff, ++failures);
                LogNotSent(fault, outlet.Name, failures, pause);
                await ReleaseAsync(outlet.Name, ct);
            }
            if (pause > TimeSpan.Zero) await Task.Delay(pause, clock, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        using var leaving = new CancellationTokenSource(Look, clock);
        await ReleaseAsync(outlet.Name, leaving.Token);
    }

    /// <returns>Whether there may be more to send.</returns>
    private async Task<bool> StepAsync(IOutlet outlet, OutletOptions settings, CancellationToken ct)
    {
        var known = await cursors.OfAsync(outlet.Name, settings.FromOf, ct);
        var (lag, since) = await cursors.BehindAsync(known, ct);
        states.Set(outlet.Name, lag, since);
        if (lag == 0 || await cursors.TakeAsync(outlet.Name, settings.Patience * 3, ct) is not { } cursor) return false;
        if (lag < 0)
        {
            await GoBackAsync(cursor, ct);
            return true;
        }

        if (await feed.NextAsync(cursor.Place, settings.SendOf, ct) is not { } batch) return false;
        if (batch.Wrong.Count > 0)
        {
            metrics.TrailBroken();
            LogWrong(outlet.Name, batch.Wrong.Count, batch.Wrong[0]);
        }
        if (batch.Items.Count > 0)
        {
            using var patience = new CancellationTokenSource(settings.Patience, clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
            await outlet.SendAsync(batch, either.Token);
        }
        if (!await cursors.MoveAsync(cursor, batch.Until, ct)) LogTakenOver(outlet.Name);
        return true;
    }

    /// <summary>
    /// Checkpoints that were sent are gone from the store: its end was cut off. Those that are made now bear the same numbers and
    /// have to go out, or cutting would hide what comes next.
    /// </summary>
    private async Task GoBackAsync(OutletCursor cursor, CancellationToken ct)
    {
        var (lag, _) = await cursors.BehindAsync(cursor, ct);
        if (lag >= 0) return; // what was seen before was older than the cursor
        metrics.TrailBroken();
        LogCutOff(cursor.Name, cursor.Checkpoint, cursor.Checkpoint + lag);
        // The hash stays: the next checkpoint does not follow the one that was sent, and is said not to.
        await cursors.MoveAsync(cursor, new OutletPlace(cursor.Checkpoint + lag, 0, cursor.Hash), ct);
    }

    private async Task ReleaseAsync(string name, CancellationToken ct)
    {
        try
        {
            await cursors.ReleaseAsync(name, ct);
        }
        catch (Exception fault) when (fault is OperationCanceledException or System.Data.Common.DbException or InvalidOperationException or TimeoutException)
        {
            LogNotReleased(name, fault.GetType().Name);
        }
    }

    /// <summary>Doubled each time, and by up to a quarter less, so that gateways which failed together do not come back together.</summary>
    private static TimeSpan Backoff(TimeSpan first, int failures)
    {
        var pause = first * Math.Pow(2, Math.Min(failures - 1, 20));
        return (pause < LongestBackoff ? pause : LongestBackoff) * (1 - (Random.Shared.NextDouble() / 4));
    }

    [LoggerMessage(1, LogLevel.Warning, "Outlet {Outlet} did not get through, {Failures} time(s) in a row; trying again in {Pause}.")]
    private partial void LogNotSent(Exception fault, string outlet, int failures, TimeSpan pause);

    [LoggerMessage(2, LogLevel.Warning, "Outlet {Outlet} took so long that another gateway took it over; it sends the same again.")]
    private partial void LogTakenOver(string outlet);

    [LoggerMessage(3, LogLevel.Critical, "The trail was tampered with: of what outlet {Outlet} sends, {Count} thing(s) are not as they were signed, the first: {First}. Run 'audit verify'.")]
    private partial void LogWrong(string outlet, int count, string first);

    [LoggerMessage(4, LogLevel.Critical, "The trail was tampered with: outlet {Outlet} has sent checkpoint {Sent}, and the trail ends with {Last}. Run 'audit verify --anchor' with what was sent.")]
    private partial void LogCutOff(string outlet, long sent, long last);

    [LoggerMessage(5, LogLevel.Information, "Outlet {Outlet} could not be given up to other gateways ({Fault}); they take it when its time has passed.")]
    private partial void LogNotReleased(string outlet, string fault);
}
