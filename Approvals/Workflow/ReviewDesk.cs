using System.Diagnostics;
using Approvals.Identity;
using Approvals.Storage;
using Contracts;
using Contracts.Api;
using Contracts.Messages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Shared;

namespace Approvals.Workflow;

/// <param name="Review">As it stands after the answer; null when unknown.</param>
internal sealed record DeskAnswer(ReviewAnswer Answer, Review? Review);

/// <summary>
/// Where people, messages and time bring what they want of a review. Each wish is one transaction: what time has decided
/// first, then the wish against the state as it is now, then what others must hear. The only publisher of
/// <see cref="ReviewDecided"/>.
/// </summary>
internal sealed partial class ReviewDesk(
    SingleWriter writer, TimeProvider clock, IOptions<WorkflowOptions> options, ILogger<ReviewDesk> logger)
{
    /// <summary>Opens a review once. A ticket that asks again about a decided review lost the answer: it is sent again.</summary>
    public Task OpenAsync(PromptParked parked, CancellationToken ct) => writer.WriteAsync(async (store, sequence) =>
    {
        if (await FindAsync(store, parked.TicketId, ct) is { } known)
        {
            if (known.Status.IsDecided()) store.Publish(known.Decision(), clock);
            return;
        }

        var now = clock.GetUtcNow();
        var review = Review.Open(parked, sequence, now, Activity.Current?.Id);
        if (await store.EarlyCancels.AnyAsync(wish => wish.ReviewId == review.Id, ct)) review.Cancel(now);
        store.AddRange(review.AllGroups.Select(group => new Audience(review.Id, group)));
        store.Add(review);
        Announce(store, review, ApprovalStatus.Pending, sequence, now);
    }, ct);

    public Task CancelAsync(CancelReview wish, CancellationToken ct) => writer.WriteAsync(async (store, sequence) =>
    {
        if (await FindAsync(store, wish.TicketId, ct) is not { } review)
        {
            if (!await store.EarlyCancels.AnyAsync(early => early.ReviewId == wish.TicketId, ct))
                store.Add(new EarlyCancel(wish.TicketId, clock.GetUtcNow()));
            return;
        }

        if (review.Status.IsDecided()) store.Publish(review.Decision(), clock);
        else Change(store, review, sequence, review.Cancel);
    }, ct);

    public Task SettleAsync(ReleaseSettled settled, CancellationToken ct) => writer.WriteAsync(async (store, sequence) =>
    {
        var review = await FindAsync(store, settled.TicketId, ct);
        if (review?.Status.IsSettled() == true) return;

        if (review is null) LogNothingToSettle(settled.TicketId, "unknown");
        else Change(store, review, sequence, _ =>
        {
            if (!review.Settle(settled.Outcome, settled.SettledAt)) LogNothingToSettle(review.Id, review.Status.Word());
        });
    }, ct);

    public Task ElapseAsync(string id, CancellationToken ct) => writer.WriteAsync(async (store, sequence) =>
    {
        if (await FindAsync(store, id, ct) is { } review) Change(store, review, sequence, _ => { });
    }, ct);

    public Task<DeskAnswer> VoteAsync(string id, Reviewer person, CastVote vote, CancellationToken ct) =>
        AskAsync(id, person, vote.OperationId, vote.Approve ? "vote.approve" : "vote.reject", [vote.Reason, vote.Digest],
            (review, now) => review.Cast(person, vote.Approve, vote.Reason, vote.Digest, now), ct);

    public Task<DeskAnswer> ClaimAsync(string id, Reviewer person, ReviewOperation operation, CancellationToken ct) =>
        AskAsync(id, person, operation.OperationId, "claim.taken", [],
            (review, now) => review.Claim(person, options.Value.ClaimFor, now), ct);

    public Task<DeskAnswer> LetGoAsync(string id, Reviewer person, ReviewOperation operation, CancellationToken ct) =>
        AskAsync(id, person, operation.OperationId, LetGo, [], (review, _) => review.LetGo(person), ct);

    public Task<DeskAnswer> UndoAsync(string id, Reviewer person, ReviewOperation operation, CancellationToken ct) =>
        AskAsync(id, person, operation.OperationId, "approval.undone", [], (review, now) => review.Undo(person, now), ct);

    /// <summary>Nobody's business but the holder's: not told to the trail.</summary>
    private const string LetGo = "claim.released";

    private Task<DeskAnswer> AskAsync(string id, Reviewer person, Guid operationId, string deed, string?[] said,
        Func<Review, DateTimeOffset, ReviewAnswer> ask, CancellationToken ct) => writer.WriteAsync(async (store, sequence) =>
    {
        var review = await FindAsync(store, id, ct);
        if (review is null || !review.IsVisibleTo(person)) return new DeskAnswer(ReviewAnswer.Unknown, null);

        var content = Operation.Hash([deed, .. said]);
        if (await store.Operations.FindAsync([operationId], ct) is { } earlier)
            return new DeskAnswer(earlier.IsSameAs(id, person.Subject, content) ? earlier.Answer : ReviewAnswer.OperationReused, review);

        var answer = ReviewAnswer.Unknown;
        var now = Change(store, review, sequence, at => answer = ask(review, at));
        if (answer == ReviewAnswer.Renewed) return new DeskAnswer(answer, review); // a heartbeat repeated renews again, which is what it means

        store.Add(new Operation { Id = operationId, ReviewId = id, Subject = person.Subject, Content = content, At = now, Answer = answer });
        if (answer == ReviewAnswer.Accepted && deed != LetGo)
            store.Publish(new PersonActed
            {
                ActionId = Guid.NewGuid(),
                Person = person.Ref,
                Action = deed,
                TicketId = id,
                Reason = review.Votes.FirstOrDefault(vote => vote.Subject == person.Subject && vote.At == now)?.Reason,
                At = now,
            }, clock);
        return new DeskAnswer(answer, review);
    }, ct);

    private static Task<Review?> FindAsync(ApprovalsStore store, string id, CancellationToken ct) =>
        store.Reviews.SingleOrDefaultAsync(review => review.Id == id, ct);

    /// <summary>The clock is read here, after the writer's turn has come: no wish is judged by the time it was sent.</summary>
    private DateTimeOffset Change(ApprovalsStore store, Review review, long sequence, Action<DateTimeOffset> change)
    {
        var now = clock.GetUtcNow();
        var before = review.Status;
        review.Elapse(now);
        change(now);
        if (store.ChangeTracker.HasChanges()) Announce(store, review, before, sequence, now);
        return now;
    }

    private void Announce(ApprovalsStore store, Review review, ApprovalStatus before, long sequence, DateTimeOffset now)
    {
        review.Stamp(sequence);
        if (review.Status.IsDecided() && !before.IsDecided()) PublishDecision(store, review);
        store.Publish(new ReviewChanged(review.Summary(now)), clock);
    }

    /// <summary>The caller's trace goes on here: the time people took is a step of it, linked to the request that decided.</summary>
    private void PublishDecision(ApprovalsStore store, Review review)
    {
        var decider = Activity.Current;
        using var step = Tracing.GoOn("review", review.TraceParent, startedAt: review.OpenedAt);
        step?.SetTag("approvals.outcome", review.Status.Word()).SetTag("approvals.ticket", review.Id);
        if (step is not null && decider is not null && decider.TraceId != step.TraceId) step.AddLink(new ActivityLink(decider.Context));
        store.Publish(review.Decision(), clock, step?.Id ?? review.TraceParent);
    }

    [LoggerMessage(1, LogLevel.Error, "A release of ticket {TicketId} was reported, but its review is {Status}; the report changed nothing.")]
    private partial void LogNothingToSettle(string ticketId, string status);
}
