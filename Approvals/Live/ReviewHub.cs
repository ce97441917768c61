using Approvals.Identity;
using Contracts.Api;
using Microsoft.AspNetCore.SignalR;

namespace Approvals.Live;

/// <summary>Consoles listen here. Nothing can be asked over it: a push is a hint, the API's sequence is the truth.</summary>
internal sealed class ReviewHub(Watchers watchers) : Hub<IReviewFeed>
{
    public override Task OnConnectedAsync()
    {
        watchers.Add(Context.ConnectionId, Reviewer.Of(Context.User ?? throw new InvalidOperationException("A connection without a person got past the door.")), Context.Abort);
        return base.OnConnectedAsync();
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        watchers.Remove(Context.ConnectionId);
        return base.OnDisconnectedAsync(exception);
    }
}
