using Elsa.Common.Models;
using Elsa.Extensions;
using Elsa.Scheduling;
using Elsa.Scheduling.Bookmarks;
using Elsa.Workflows;
using Elsa.Workflows.Management;
using Elsa.Workflows.Management.Filters;
using Elsa.Workflows.Models;
using Elsa.Workflows.Runtime;
using Elsa.Workflows.Runtime.Filters;
using Elsa.Workflows.Runtime.Messages;
using Medallion.Threading;

namespace Approvals.Engines.Elsa;

/// <summary>One Elsa instance for each review, with the review's id; it lives as long as the review has a due time.</summary>
internal sealed class ElsaEngine(IServiceScopeFactory scopes, IDistributedLockProvider locks, ReviewTimes times, TimeProvider clock) : IReviewEngine
{
    /// <summary>The databases keep microseconds at least.</summary>
    private static readonly TimeSpan Same = TimeSpan.FromMilliseconds(1);

    /// <summary>Elsa writes an instance behind its bookmarks; one that has none may be in the middle of that, for this long at most.</summary>
    private static readonly TimeSpan Written = TimeSpan.FromSeconds(30);

    public async Task FollowAsync(string reviewId, DateTimeOffset? dueAt, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var timers = (await Bookmarks(scope).FindManyAsync(new BookmarkFilter { WorkflowInstanceId = reviewId, Names = [SchedulingStimulusNames.Delay] }, ct)).ToList();
        var known = dueAt is null ? timers.Count == 0 : timers.Exists(timer => (timer.GetPayload<DelayPayload>().ResumeAt - dueAt.Value).Duration() <= Same);
        if (!known) await WakeAsync(reviewId, ct);
    }

    /// <summary>Lets the instance look at its review now; starts one where there is none that can.</summary>
    public async Task WakeAsync(string reviewId, CancellationToken ct)
    {
        // Creating an instance whose id is taken replaces it, without a word: looking and starting is one step.
        await using var turn = await locks.AcquireLockAsync($"review-engine:{reviewId}", ElsaExtensions.LockPatience, ct);
        await using var scope = scopes.CreateAsyncScope();
        var answers = (await scope.ServiceProvider.GetRequiredService<IWorkflowResumer>().ResumeAsync<ReviewClock>(new ReviewStimulus(reviewId), reviewId, cancellationToken: ct)).ToList();

        // Instances that were cancelled or have failed answer too, and so do bookmarks that no instance remembers.
        var due = await times.DueAsync(reviewId, ct);
        if (due is null || (due > clock.GetUtcNow() && answers.Exists(answer => answer.SubStatus == WorkflowSubStatus.Suspended))) return;
        if (answers.Count == 0 && await IsBeingWrittenAsync(scope, reviewId, ct)) return;

        await StartAsync(scope, reviewId, ct);
    }

    private async Task<bool> IsBeingWrittenAsync(AsyncServiceScope scope, string id, CancellationToken ct)
    {
        var instance = await scope.ServiceProvider.GetRequiredService<IWorkflowInstanceStore>().FindAsync(new WorkflowInstanceFilter { Id = id }, ct);
        return instance is { Status: WorkflowStatus.Running } && instance.UpdatedAt > clock.GetUtcNow() - Written;
    }

    private static async Task StartAsync(AsyncServiceScope scope, string id, CancellationToken ct)
    {
        await Bookmarks(scope).DeleteAsync(new BookmarkFilter { WorkflowInstanceId = id }, ct); // of the instance that this one replaces
        var client = await scope.ServiceProvider.GetRequiredService<IWorkflowRuntime>().CreateClientAsync(id, ct);
        await client.CreateAndRunInstanceAsync(new CreateAndRunWorkflowInstanceRequest
        {
            WorkflowDefinitionHandle = WorkflowDefinitionHandle.ByDefinitionId(ReviewWorkflow.DefinitionId, VersionOptions.Published),
            CorrelationId = id,
        }, ct);
    }

    private static IBookmarkStore Bookmarks(AsyncServiceScope scope) => scope.ServiceProvider.GetRequiredService<IBookmarkStore>();
}
