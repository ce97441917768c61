using Elsa.Extensions;
using Elsa.Workflows;
using Elsa.Workflows.Attributes;
using Elsa.Workflows.Models;

namespace Approvals.Engines.Elsa;

/// <summary>What wakes a review's workflow before its time.</summary>
internal sealed record ReviewStimulus(string ReviewId);

/// <summary>
/// One instance for each review, with the review's id. Instances that run keep the shape they were started with: whoever
/// changes the activity's bookmarks gives the workflow the next id and leaves the old one registered.
/// </summary>
internal sealed class ReviewWorkflow : WorkflowBase
{
    public const string DefinitionId = "review-v1";

    protected override void Build(IWorkflowBuilder builder)
    {
        builder.DefinitionId = DefinitionId;
        builder.Version = 1;
        builder.Root = new ReviewClock();
    }
}

/// <summary>
/// Owns both bookmarks of an instance: the timer and the stimulus. As siblings in a flow they would be two branches, and the
/// one that lost would stay behind. Whatever woke it, it asks the review's row what is due; so waking twice, early or late
/// changes nothing.
/// </summary>
[Activity("Approvals", "Approvals", "Lets a review's time pass.")]
internal sealed class ReviewClock : Activity
{
    protected override ValueTask ExecuteAsync(ActivityExecutionContext context) => LookAsync(context);

    // Stored by its name: no lambda, and renaming it changes the shape.
    private async ValueTask LookAsync(ActivityExecutionContext context)
    {
        var review = context.WorkflowExecutionContext.Id;
        var due = await context.GetRequiredService<ReviewTimes>().ElapseAsync(review);
        context.ClearBookmarks();
        if (due is not { } at)
        {
            await context.CompleteActivityAsync();
            return;
        }

        context.CreateBookmark(new CreateBookmarkArgs { Stimulus = new ReviewStimulus(review), Callback = LookAsync, IncludeActivityInstanceId = false });
        context.DelayUntil(at, LookAsync);
    }
}
