using Approvals.Storage;
using Approvals.Workflow;
using Contracts.Api;
using Contracts.Messages;
using MassTransit;
using Microsoft.AspNetCore.SignalR;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Live;

/// <summary>Every instance hears every change on a queue of its own and tells the consoles connected to it.</summary>
internal sealed class ReviewChangedConsumer(
    IHubContext<ReviewHub, IReviewFeed> hub, Watchers watchers, IDbContextFactory<ApprovalsStore> stores) : IConsumer<ReviewChanged>
{
    public async Task Consume(ConsumeContext<ReviewChanged> context)
    {
        if (watchers.IsEmpty) return;

        var review = context.Message.Review;
        await using var store = await stores.CreateDbContextAsync(context.CancellationToken);
        var groups = await store.Audience.Where(a => a.ReviewId == review.Id).Select(a => a.Group).ToListAsync(context.CancellationToken);
        await hub.Clients.Clients(watchers.Entitled(groups)).ReviewChanged(review);
    }
}
