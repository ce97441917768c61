using Approvals.Storage;
using Approvals.Workflow;
using Contracts;
using Microsoft.EntityFrameworkCore;
using Shared;

namespace Approvals.Notifications;

/// <summary>
/// Writes down what will have to be said, read from the reviews themselves: changes become visible in the order of their
/// sequence, so nothing is missed whatever crashes or is lost on the way. Planned twice is planned once, by the key.
/// </summary>
internal sealed class NoticePlanner(IDbContextFactory<ApprovalsStore> stores)
{
    private const int Batch = 100;

    public async Task PlanAsync(Channel channel, CancellationToken ct)
    {
        while (await TryPlanAsync(channel, ct) == Batch)
        {
            // More has changed than one look takes.
        }
    }

    /// <returns>How many reviews were looked at.</returns>
    private async Task<int> TryPlanAsync(Channel channel, CancellationToken ct)
    {
        await using var store = await stores.CreateDbContextAsync(ct);
        var progress = await store.Set<NoticeChannel>().SingleOrDefaultAsync(known => known.Name == channel.Name, ct);
        if (progress is null) store.Add(progress = new NoticeChannel { Name = channel.Name });

        var newest = await store.Counters.Select(counter => counter.Value).SingleAsync(ct); // before the reviews: all up to it can be seen by now
        var changed = await store.Reviews.AsNoTracking().Where(review => review.Status == ApprovalStatus.Pending && review.Sequence > progress.PlannedTo)
            .OrderBy(review => review.Sequence).Take(Batch).ToListAsync(ct);
        if (changed is [.., var last])
        {
            var ids = changed.Select(review => review.Id).ToList();
            var planned = await store.Set<Notice>().Where(notice => notice.Channel == channel.Name && ids.Contains(notice.ReviewId))
                .Select(notice => new { notice.ReviewId, notice.Stage, notice.Kind }).ToListAsync(ct);
            foreach (var review in changed)
                store.AddRange(channel.Plan(review).Where(plan => !planned.Contains(new { ReviewId = review.Id, review.Stage, plan.Kind })).Select(plan => Notice.Plan(channel, review, plan.Kind, plan.DueAt)));
            progress.PlannedTo = last.Sequence;
        }
        else if (newest - progress.PlannedTo > Batch)
        {
            progress.PlannedTo = newest; // nothing waits before it; no look has to pass by all that is decided
        }

        try
        {
            await store.SaveChangesAsync(ct);
        }
        catch (DbUpdateException twice) when (twice.IsDuplicate())
        {
            return 0; // another instance plans the same
        }
        return changed.Count;
    }
}
