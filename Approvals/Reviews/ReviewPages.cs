using Approvals.Identity;
using Approvals.Storage;
using Approvals.Workflow;
using Contracts;
using Contracts.Api;
using Microsoft.EntityFrameworkCore;
using Shared;

namespace Approvals.Reviews;

/// <summary>Reads the queue, the history and what changed, for one person at a time. Changes nothing.</summary>
internal sealed class ReviewPages(IDbContextFactory<ApprovalsStore> stores, KeptStores<ApprovalsStore> kept, TimeProvider clock)
{
    private const int MostAlike = 10;

    /// <summary>Each look at one review.</summary>
    private readonly Func<ApprovalsStore, string, CancellationToken, Task<Review?>> find =
        EF.CompileAsyncQuery((ApprovalsStore store, string id, CancellationToken _) => store.Set<Review>().AsNoTracking().SingleOrDefault(review => review.Id == id));

    /// <summary>The least time left first, then the highest risk, then the oldest.</summary>
    public Task<ReviewPage> OpenAsync(Reviewer person, PageCursor.InQueue? after, int take, CancellationToken ct) =>
        PageAsync(person, take, reviews =>
        {
            reviews = reviews.Where(r => r.Status == ApprovalStatus.Pending || r.Status == ApprovalStatus.Approved);
            if (after is var (due, score, number))
                reviews = reviews.Where(r => r.DueAt > due || (r.DueAt == due && (r.Score < score || (r.Score == score && r.Number > number))));
            return reviews.OrderBy(r => r.DueAt).ThenByDescending(r => r.Score).ThenBy(r => r.Number);
        }, last => new PageCursor.InQueue(last.DueAt!.Value, last.Score, last.Number), ct); // an open review always has a due time

    /// <summary>Newest decision first.</summary>
    public Task<ReviewPage> DecidedAsync(Reviewer person, PageCursor.InHistory? after, int take, CancellationToken ct) =>
        PageAsync(person, take, reviews =>
        {
            reviews = reviews.Where(r => r.Status != ApprovalStatus.Pending && r.Status != ApprovalStatus.Approved);
            if (after is var (decided, number))
                reviews = reviews.Where(r => r.DecidedAt < decided || (r.DecidedAt == decided && r.Number < number));
            return reviews.OrderByDescending(r => r.DecidedAt).ThenByDescending(r => r.Number);
        }, last => new PageCursor.InHistory(last.DecidedAt!.Value, last.Number), ct); // as a decided one has its decision's

    /// <summary>Every review, open or decided, that changed after a sequence number; oldest change first.</summary>
    public async Task<ReviewPage> ChangesAsync(Reviewer person, long after, int take, CancellationToken ct)
    {
        var page = await PageAsync(person, take,
            reviews => reviews.Where(r => r.Sequence > after).OrderBy(r => r.Sequence),
            last => new PageCursor.InChanges(last.Sequence), ct);

        // A client that goes on from the page's sequence must not jump over what did not fit.
        return page.Next is null ? page : page with { Sequence = page.Items[^1].Sequence };
    }

    public async Task<ReviewDetail?> FindAsync(Reviewer person, string id, CancellationToken ct)
    {
        await using var lent = await kept.LendAsync(ct);
        var review = await find(lent.Store, id, ct);
        return review?.IsVisibleTo(person) == true ? review.Detail(person, clock.GetUtcNow()) : null;
    }

    /// <summary>Null where the person may not know of the review.</summary>
    public async Task<ReviewContext?> ContextAsync(Reviewer person, string id, CancellationToken ct)
    {
        await using var store = await stores.CreateDbContextAsync(ct);
        var review = await store.Reviews.AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, ct);
        if (review?.IsVisibleTo(person) != true) return null;

        // A known case is like any other while it waits. Nobody decides by what became of one.
        var others = store.ReviewsOf(person).Where(r => r.Id != id && (r.Known == null || r.DecidedAt == null));
        var decided = others.Where(r => r.DecidedAt != null);
        var alike = review.Pattern.Length == 0 ? [] : await LatestAsync(decided.Where(r => r.Pattern == review.Pattern), ct);
        var samePattern = alike.Count > 0;
        if (!samePattern) alike = await LatestAsync(decided.Where(r => r.CallerSubject == review.CallerSubject && r.Rule == review.Rule), ct);
        return new ReviewContext(await LatestAsync(others.Where(r => r.CallerSubject == review.CallerSubject), ct), alike, samePattern);
    }

    private async Task<List<ReviewSummary>> LatestAsync(IQueryable<Review> reviews, CancellationToken ct) =>
        [.. (await reviews.OrderByDescending(r => r.Number).Take(MostAlike).ToListAsync(ct)).Select(review => review.Summary(clock.GetUtcNow()))];

    private async Task<ReviewPage> PageAsync(
        Reviewer person, int take, Func<IQueryable<Review>, IQueryable<Review>> choose, Func<Review, PageCursor> cursor, CancellationToken ct)
    {
        await using var store = await stores.CreateDbContextAsync(ct);

        // Read before the rows: a change in between is seen twice rather than never.
        var sequence = await store.Counters.Select(counter => counter.Value).SingleAsync(ct);
        var visible = store.ReviewsOf(person);
        var pending = await visible.CountAsync(r => r.Status == ApprovalStatus.Pending, ct);
        var rows = await choose(visible).Take(take + 1).ToListAsync(ct);

        var now = clock.GetUtcNow();
        var next = rows.Count > take ? cursor(rows[take - 1]).ToString() : null;
        return new ReviewPage([.. rows.Take(take).Select(review => review.Summary(now))], next, sequence, pending);
    }
}
