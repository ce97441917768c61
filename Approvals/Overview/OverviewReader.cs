using Approvals.Identity;
using Approvals.Storage;
using Approvals.Workflow;
using Contracts;
using Contracts.Api;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Approvals.Overview;

/// <summary>
/// How the asking of people goes, for one person at a time. Changes nothing, and reads the same few queries and at most so
/// many rows however much there is: what waits, when it came, what ended, the votes on that,
/// and known cases.
/// </summary>
internal sealed class OverviewReader(IDbContextFactory<ApprovalsStore> stores, IOptions<OverviewOptions> options)
{
    private readonly int most = options.Value.MostReviews;

    /// <param name="seesEverybody">Other people's own figures too, and not only one's own.</param>
    public async Task<OverviewReport> ReadAsync(Reviewer person, bool seesEverybody, LocalDays days, CancellationToken ct)
    {
        await using var store = await stores.CreateDbContextAsync(ct);
        return OverviewFigures.Of(await RowsAsync(store.ReviewsOf(person), days.From, ct), person, seesEverybody, days);
    }

    private async Task<OverviewRows> RowsAsync(IQueryable<Review> visible, DateTimeOffset from, CancellationToken ct)
    {
        var pending = visible.Where(r => r.Status == ApprovalStatus.Pending);
        var queue = await pending.GroupBy(_ => 1).Select(all => new Queue(all.Count(), all.Min(r => r.OpenedAt), all.Min(r => r.DueAt))).SingleOrDefaultAsync(ct);
        var waiting = await pending.Where(r => r.OpenedAt >= from).OrderByDescending(r => r.Number).Select(r => r.OpenedAt).Take(most).ToListAsync(ct);

        // Whatever came in the period has ended in it too, or still waits: both have an index.
        // Known cases count as waiting while they wait, or the difference would tell; once they have ended they are counted apart.
        var asked = visible.Where(r => r.Known == null);
        var ended = await asked.Where(r => r.DecidedAt >= from).OrderByDescending(r => r.DecidedAt).ThenByDescending(r => r.Number).Take(most + 1)
            .Select(r => new EndedReview(r.Number, r.Rule, r.Status, r.OpenedAt, r.DecidedAt!.Value, r.Stage, r.Stages, r.Glass)) // the filter lets no null through
            .ToListAsync(ct);

        DateTimeOffset? cutAt = null;
        if (ended.Count > most)
        {
            ended.RemoveAt(most);
            cutAt = ended[^1].At;
        }

        var since = cutAt ?? from;
        var votes = await asked.Where(r => r.DecidedAt >= since)
            .SelectMany(r => r.Votes, (r, vote) => new CastWord(r.Number, vote.Stage, vote.Subject, vote.Name, vote.Approve, vote.At))
            .ToListAsync(ct);
        var known = await visible.Where(r => r.Known != null && r.DecidedAt >= from && r.Edition == 0).OrderByDescending(r => r.DecidedAt).Take(most)
            .Select(r => new EndedKnown(r.Known!, r.Glass, r.DecidedAt!.Value, r.Votes.Select(vote => new KnownWord(vote.Subject, vote.Name, vote.Approve, vote.At, vote.Looked)).ToList())) // the filter lets no null through
            .ToListAsync(ct);
        return new OverviewRows(queue ?? new Queue(0, null, null), waiting, ended, votes.ToLookup(vote => vote.Number), cutAt, known);
    }
}
