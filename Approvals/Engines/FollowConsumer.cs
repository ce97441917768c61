using Contracts.Messages;
using MassTransit;

namespace Approvals.Engines;

/// <summary>Tells the engine of every change, on a queue that all instances share.</summary>
internal sealed class FollowConsumer(IReviewEngine engine) : IConsumer<ReviewChanged>
{
    public Task Consume(ConsumeContext<ReviewChanged> context)
    {
        var review = context.Message.Review;
        return engine.FollowAsync(review.Id, review.DeadlineAt ?? review.ReleaseAt, context.CancellationToken);
    }
}
