using System.Data.Common;
using Approvals.Storage;
using Approvals.Workflow;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Engines.Elsa;

/// <summary>The due times as the reviews' rows have them: what Elsa keeps of them is never believed.</summary>
internal sealed partial class ReviewTimes(IDbContextFactory<ApprovalsStore> stores, ReviewDesk desk, TimeProvider clock, ILogger<ReviewTimes> logger)
{
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(5);

    /// <summary>When time acts next on this review; null when it never will, or when there is no such review.</summary>
    public async Task<DateTimeOffset?> DueAsync(string id, CancellationToken ct)
    {
        await using var store = await stores.CreateDbContextAsync(ct);
        return await store.Reviews.Where(review => review.Id == id).Select(review => review.DueAt).SingleOrDefaultAsync(ct);
    }

    /// <summary>Does what time has decided; gives the time to look next. Never throws for the database: that would end the instance for good.</summary>
    public async Task<DateTimeOffset?> ElapseAsync(string id)
    {
        try
        {
            var due = await DueAsync(id, CancellationToken.None);
            if (due is null || due > clock.GetUtcNow()) return due;

            await desk.ElapseAsync(id, CancellationToken.None);
            return await DueAsync(id, CancellationToken.None);
        }
        catch (Exception fault) when (fault is DbException or DbUpdateException or InvalidOperationException or TimeoutException)
        {
            LogStoreFault(fault, id);
            return clock.GetUtcNow() + Again;
        }
    }

    /// <summary>Reviews that are late by more than this: their timer died with its process, or never was.</summary>
    public async Task<IReadOnlyList<string>> OverdueAsync(TimeSpan by, int most, CancellationToken ct)
    {
        await using var store = await stores.CreateDbContextAsync(ct);
        var late = clock.GetUtcNow() - by;
        return await store.Reviews.Where(review => review.DueAt <= late).OrderBy(review => review.DueAt).Select(review => review.Id).Take(most).ToListAsync(ct);
    }

    [LoggerMessage(1, LogLevel.Error, "The deadline of ticket {TicketId} cannot be read or written; trying again. Nothing is released meanwhile.")]
    private partial void LogStoreFault(Exception fault, string ticketId);
}
