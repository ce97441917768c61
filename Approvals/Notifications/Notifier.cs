using System.Data.Common;
using Approvals.Notifications.Surfaces;
using Approvals.Storage;
using Approvals.Workflow;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Approvals.Notifications;

/// <summary>
/// Tells people what waits for them. Each channel goes its own way, so a dead one holds up no other, and nothing here is on
/// the way of a decision. A channel's row is its lock: whoever moves its due time ahead sends, and a crash gives it back
/// after the lease. What was sent and not marked by then is sent once more.
/// </summary>
internal sealed partial class Notifier(
    ChannelList channels, NoticePlanner planner, IEnumerable<ICourier> couriers, IDbContextFactory<ApprovalsStore> stores, NoticeMetrics metrics,
    IOptions<NotificationsOptions> options, TimeProvider clock, ILogger<Notifier> logger) : BackgroundService
{
    /// <summary>In one message; it names the first of them and counts the rest.</summary>
    private const int Batch = 500;
    private static readonly TimeSpan LongestBackoff = TimeSpan.FromMinutes(10);

    private TimeSpan Lease => options.Value.Patience * 3;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(channels.All.Select(channel => ServeAsync(channel, stoppingToken)));

    private async Task ServeAsync(Channel channel, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await planner.PlanAsync(channel, stopping);
                await SendDueAsync(channel, stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault) when (fault is DbException or DbUpdateException or InvalidOperationException or TimeoutException)
            {
                LogStoreFault(channel.Name, fault);
            }
            // What is due is told by the clock; how often to look is the machine's own time, so a clock that jumps is seen.
            await Task.Delay(options.Value.LookEvery, TimeProvider.System, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task SendDueAsync(Channel channel, CancellationToken ct)
    {
        await using var store = await stores.CreateDbContextAsync(ct);
        var due = store.Set<Notice>().Where(notice => notice.Channel == channel.Name && notice.DueAt <= clock.GetUtcNow());
        if (!await due.AnyAsync(ct) || !await TryClaimAsync(store, channel, ct)) return;

        var now = clock.GetUtcNow();
        var progress = await store.Set<NoticeChannel>().SingleAsync(row => row.Name == channel.Name, ct);
        var told = await SortAsync(store, channel, await due.OrderBy(notice => notice.DueAt).Take(Batch).ToListAsync(ct), now, ct);
        progress.DueAt = now;
        if (told.Count > 0)
        {
            var courier = couriers.Single(courier => courier.Kinds.Contains(channel.Kind));
            var message = new NoticeMessage([.. told.Select(pair => NoticeLine.Of(pair.Review, pair.Notice.Kind, channel, options.Value.ConsoleUrl!, now))], options.Value.ConsoleUrl!); // the rules ask for it
            Note(channel, progress, [.. told.Select(pair => pair.Notice)], await courier.SendAsync(channel, message, ct));
        }
        await store.SaveChangesAsync(ct);
    }

    /// <summary>One statement that only one instance can win, on each database.</summary>
    private async Task<bool> TryClaimAsync(ApprovalsStore store, Channel channel, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var until = now + Lease;
        return await store.Set<NoticeChannel>().Where(row => row.Name == channel.Name && row.DueAt <= now).ExecuteUpdateAsync(set => set.SetProperty(row => row.DueAt, until), ct) == 1;
    }

    /// <summary>Drops what need not be said any more, puts off what must wait, and gives the rest.</summary>
    private static async Task<List<(Notice Notice, Review Review)>> SortAsync(ApprovalsStore store, Channel channel, List<Notice> due, DateTimeOffset now, CancellationToken ct)
    {
        var ids = due.Select(notice => notice.ReviewId).Distinct().ToList();
        var reviews = await store.Reviews.AsNoTracking().Where(review => ids.Contains(review.Id)).ToDictionaryAsync(review => review.Id, StringComparer.Ordinal, ct);
        List<(Notice, Review)> told = [];
        foreach (var notice in due)
        {
            var review = reviews.GetValueOrDefault(notice.ReviewId);
            if (channel.GoesAt(notice, review, now) is not { } at) notice.Drop();
            else if (at > now) notice.Postpone(at);
            else told.Add((notice, review!)); // one that is not there goes never
        }
        return told;
    }

    private void Note(Channel channel, NoticeChannel progress, List<Notice> told, Delivery delivery)
    {
        var now = clock.GetUtcNow();
        if (delivery.Taken)
        {
            foreach (var notice in told) notice.Sent(now);
            (progress.Failures, progress.DueAt) = (0, now + channel.Digest);
            metrics.Sent(channel.Kind);
            return;
        }

        var givenUp = told.Count(notice => notice.Failed(options.Value.MostAttempts));
        progress.Failures++;
        progress.DueAt = now + (delivery.RetryAfter is { } wanted && wanted > Backoff(progress.Failures) ? wanted : Backoff(progress.Failures));
        metrics.Failed(channel.Kind);
        LogNotTaken(channel.Name, progress.Failures, delivery.Fault);
        if (givenUp > 0) LogGivenUp(channel.Name, givenUp, options.Value.MostAttempts);
    }

    private TimeSpan Backoff(int failures)
    {
        var pause = options.Value.FirstBackoff * Math.Pow(2, Math.Min(failures - 1, 20));
        return pause < LongestBackoff ? pause : LongestBackoff;
    }

    [LoggerMessage(1, LogLevel.Warning, "Channel {Channel} did not take a message, {Failures} time(s) in a row ({Fault}); trying again later.")]
    private partial void LogNotTaken(string channel, int failures, string fault);

    [LoggerMessage(2, LogLevel.Error, "Channel {Channel}: {Notices} notice(s) are given up after {Attempts} attempts; the prompts wait on in the console.")]
    private partial void LogGivenUp(string channel, int notices, int attempts);

    [LoggerMessage(3, LogLevel.Warning, "Notices of channel {Channel} cannot be read or written; trying again.")]
    private partial void LogStoreFault(string channel, Exception fault);
}
