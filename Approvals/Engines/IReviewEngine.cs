namespace Approvals.Engines;

/// <summary>
/// The port to an engine that keeps its own timers. It is told of reviews here, and at a review's due time, or soon after,
/// it calls <see cref="Workflow.ReviewDesk.ElapseAsync"/>. That is all it may do: votes and outcomes are settled in the
/// review's own row, so no engine can make a second one. The built-in engine reads the rows and needs no port.
/// </summary>
internal interface IReviewEngine
{
    /// <summary>A review has changed. Told after the change is stored, perhaps twice, perhaps late and out of order.</summary>
    /// <param name="dueAt">When time acts next, as it was then; null when it never will.</param>
    Task FollowAsync(string reviewId, DateTimeOffset? dueAt, CancellationToken ct);
}
