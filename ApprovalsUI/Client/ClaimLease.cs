using ApprovalsUI.Client.Calls;
using Contracts;
using Contracts.Api;

namespace ApprovalsUI.Client;

/// <summary>Tells the others who is looking: claims a pending review, renews at half time, gives it back on leaving.</summary>
internal sealed class ClaimLease(ILeased review, ApprovalsClient approvals, TimeProvider clock) : IAsyncDisposable
{
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private Task? running;
    private bool mine;

    internal void Start(CancellationToken cancel) => running ??= RunAsync(cancel);

    private async Task RunAsync(CancellationToken cancel)
    {
        try
        {
            while (true)
            {
                if (Lapsed())
                {
                    // Nobody announces a lapse, and the claim may have been what kept this person from voting.
                    await review.LoadDetailAsync();
                }

                var changed = review.WritingChanged; // before the claim says it, so that no change in between is missed
                await WaitAsync(changed, MayClaim() ? await ClaimAsync(cancel) : Idle, cancel);
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // Leaving the page ends it.
        }
    }

    /// <summary>Until the time is over, or others are to see that somebody writes.</summary>
    private async Task WaitAsync(Task changed, TimeSpan time, CancellationToken cancel)
    {
        try
        {
            await changed.WaitAsync(time, clock, cancel);
        }
        catch (TimeoutException)
        {
            // It is time.
        }
    }

    private bool Lapsed() => review.Detail?.Summary is { Status: ApprovalStatus.Pending, Claim: { } claim }
        && claim.Until <= clock.GetUtcNow() && claim.Person.Subject != review.Person.Subject;

    private bool MayClaim() => review.Detail is { MayNotVote: null, Summary: { Status: ApprovalStatus.Pending } summary }
        && (summary.Claim is null || summary.Claim.Until <= clock.GetUtcNow() || summary.Claim.Person.Subject == review.Person.Subject);

    /// <returns>How long until it is to be renewed. A refusal is not worth a word: somebody else is looking.</returns>
    private async Task<TimeSpan> ClaimAsync(CancellationToken cancel)
    {
        mine = true; // until a service says that it is not: who leaves in this moment gives it back as well
        if (await approvals.ClaimAsync(review.Id, new(Guid.NewGuid(), review.IsWriting), cancel) is not ApiResult<ReviewDetail>.Ok(var detail))
        {
            return Idle;
        }

        review.Take(detail);
        mine = detail.Summary.Claim?.Person.Subject == review.Person.Subject;
        var half = (detail.Summary.Claim?.Until - clock.GetUtcNow()) / 2 ?? Idle;
        return half < Shortest ? Shortest : half > Longest ? Longest : half;
    }

    public async ValueTask DisposeAsync()
    {
        if (running is not null)
        {
            await running;
        }

        if (mine && review.Detail?.Summary.Status == ApprovalStatus.Pending)
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5), clock);
            try
            {
                await approvals.ReleaseClaimAsync(review.Id, new(Guid.NewGuid()), patience.Token);
            }
            catch (OperationCanceledException) when (patience.IsCancellationRequested)
            {
                // The lease lapses by itself.
            }
        }
    }
}
