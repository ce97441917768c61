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
    SingleWriter writer, IReviewNews news, ReviewMetrics metrics, TimeProvider clock, IOptions<WorkflowOptions> options, ILogger<ReviewDesk> logger)
{
    /// <summary>Compiled for the store of this desk: each wish begins with them.</summary>
    private readonly Func<ApprovalsStore, string, CancellationToken, Task<Review?>> find =
        EF.CompileAsyncQuery((ApprovalsStore store, string id, CancellationToken _) => store.Set<Review>().SingleOrDefault(review => review.Id == id));
    private readonly Func<ApprovalsStore, Guid, CancellationToken, Task<Operation?>> findOperation =
        EF.CompileAsyncQuery((ApprovalsStore store, Guid id, CancellationToken _) => store.Set<Operation>().SingleOrDefault(operation => operation.Id == id));

    /// <summary>Opens a review once. A ticket that asks again about a decided review lost the answer: it is sent again.</summary>
    public Task OpenAsync(PromptParked parked, CancellationToken ct) => WriteAsync(async turn =>
    {
        if (await FindAsync(turn.Store, parked.TicketId, ct) is { } known)
        {
            if (known.Status.IsDecided()) turn.Store.Publish(known.Decision(), clock);
            else if (parked.Edited is { } edited) Change(turn, known, at => known.Take(edited, at));
            return;
        }

        var now = clock.GetUtcNow();
        var review = Review.Open(parked, turn.Sequence, now, Activity.Current?.Id);
        if (await turn.Store.EarlyCancels.AnyAsync(wish => wish.ReviewId == review.Id, ct)) review.Cancel(now);
        turn.Store.AddRange(review.AllGroups.Select(group => new Audience(review.Id, group)));
        turn.Store.Add(review);
        if (review.Known is null) turn.WhenStored(metrics.Opened);
        Announce(turn, review, ApprovalStatus.Pending, now);
    }, ct);

    public Task CancelAsync(CancelReview wish, CancellationToken ct) => WriteAsync(async turn =>
    {
        if (await FindAsync(turn.Store, wish.TicketId, ct) is not { } review)
        {
            if (!await turn.Store.EarlyCancels.AnyAsync(early => early.ReviewId == wish.TicketId, ct))
                turn.Store.Add(new EarlyCancel(wish.TicketId, clock.GetUtcNow()));
            return;
        }

        if (review.Status.IsDecided()) turn.Store.Publish(review.Decision(), clock);
        else Change(turn, review, review.Cancel);
    }, ct);

    public Task SettleAsync(ReleaseSettled settled, CancellationToken ct) => WriteAsync(async turn =>
    {
        var review = await FindAsync(turn.Store, settled.TicketId, ct);
        if (review?.Status.IsSettled() == true) return;

        if (review is null) LogNothingToSettle(settled.TicketId, "unknown");
        else Change(turn, review, _ =>
        {
            if (!review.Settle(settled.Outcome, settled.SettledAt)) LogNothingToSettle(review.Id, review.Status.Word());
        });
    }, ct);

    /// <summary>The gateway has erased what was asked; nothing of it stays here.</summary>
    public Task EraseAsync(string id, CancellationToken ct) => WriteAsync(async turn =>
    {
        if (await FindAsync(turn.Store, id, ct) is { } review) Change(turn, review, _ => review.Erase());
    }, ct);

    public Task ElapseAsync(string id, CancellationToken ct) => WriteAsync(async turn =>
    {
        if (await FindAsync(turn.Store, id, ct) is { } review) Change(turn, review, _ => { });
    }, ct);

    /// <param name="remark">Where the vote came from, should that not be the API; the record and the trail keep it.</param>
    public Task<DeskAnswer> VoteAsync(string id, Reviewer person, CastVote vote, CancellationToken ct, string? remark = null) =>
        AskAsync(id, person, vote.OperationId, Deeds.Vote(vote.Approve), [Review.Remarked(vote.Reason, remark), vote.Digest, vote.Cause?.ToString()],
            (review, now) => review.Cast(person, vote.Approve, vote.Reason, vote.Digest, now, vote.Cause, remark), ct);

    public Task<DeskAnswer> BreakGlassAsync(string id, Reviewer person, BreakGlass deed, CancellationToken ct) =>
        AskAsync(id, person, deed.OperationId, Deeds.GlassBroken, [deed.Reason, deed.Digest],
            (review, now) => review.BreakGlass(person, deed.Reason, deed.Digest, now), ct);

    public Task<DeskAnswer> ClaimAsync(string id, Reviewer person, ClaimReview claim, CancellationToken ct) =>
        AskAsync(id, person, claim.OperationId, Deeds.Claimed, [],
            (review, now) => review.Claim(person, options.Value.ClaimFor, now, claim.Writing), ct);

    public Task<DeskAnswer> PassAsync(string id, Reviewer person, PassReview pass, CancellationToken ct) =>
        AskAsync(id, person, pass.OperationId, Deeds.Passed, [pass.Reason, pass.Group],
            (review, now) => review.Pass(person, pass.Group, pass.Reason, now), ct, (turn, review) =>
            {
                if (!turn.Store.Audience.Any(known => known.ReviewId == id && known.Group == pass.Group)) turn.Store.Add(new Audience(id, pass.Group));
            });

    /// <summary>The gateway tells the caller; the operation's id names the question.</summary>
    public Task<DeskAnswer> AskCallerAsync(string id, Reviewer person, AskCaller ask, CancellationToken ct) =>
        AskAsync(id, person, ask.OperationId, Deeds.Asked, [ask.Question],
            (review, now) => review.Ask(person, ask.Question, now), ct,
            (turn, review) => turn.Store.Publish(new CallerAsked(id, ask.OperationId, ask.Question.Trim(), clock.GetUtcNow()), clock));

    public Task AnsweredAsync(CallerAnswered answered, CancellationToken ct) => WriteAsync(async turn =>
    {
        if (await FindAsync(turn.Store, answered.TicketId, ct) is { } review) Change(turn, review, _ => review.Answered(answered.At));
    }, ct);

    public Task<DeskAnswer> LetGoAsync(string id, Reviewer person, ReviewOperation operation, CancellationToken ct) =>
        AskAsync(id, person, operation.OperationId, Deeds.LetGo, [], (review, _) => review.LetGo(person), ct);

    public Task<DeskAnswer> UndoAsync(string id, Reviewer person, ReviewOperation operation, CancellationToken ct) =>
        AskAsync(id, person, operation.OperationId, Deeds.Undone, [], (review, now) => review.Undo(person, now), ct);

    /// <param name="said">Everything the person said; first the reason, where there is one.</param>
    private Task<DeskAnswer> AskAsync(string id, Reviewer person, Guid operationId, string deed, string?[] said,
        Func<Review, DateTimeOffset, ReviewAnswer> ask, CancellationToken ct, Action<Turn, Review>? accepted = null) => WriteAsync(async turn =>
    {
        var review = await FindAsync(turn.Store, id, ct);
        if (review is null || !review.IsVisibleTo(person)) return new DeskAnswer(ReviewAnswer.Unknown, null);

        var content = Operation.Hash([deed, .. said]);
        if (await findOperation(turn.Store, operationId, ct) is { } earlier)
            return new DeskAnswer(earlier.IsSameAs(id, person.Subject, content) ? earlier.Answer : ReviewAnswer.OperationReused, review);

        var answer = ReviewAnswer.Unknown;
        var now = Change(turn, review, at => answer = ask(review, at));
        if (answer == ReviewAnswer.Renewed) return new DeskAnswer(answer, review); // a heartbeat repeated renews again, which is what it means

        turn.Store.Add(new Operation { Id = operationId, ReviewId = id, Subject = person.Subject, Content = content, At = now, Answer = answer });
        if (answer == ReviewAnswer.Accepted) accepted?.Invoke(turn, review);
        if (answer == ReviewAnswer.Accepted && deed == Deeds.GlassBroken) turn.WhenStored(metrics.GlassBroken);
        if (answer == ReviewAnswer.Accepted && deed != Deeds.LetGo) Tell(turn, review, deed, person, said is [var reason, ..] ? reason : null, now);
        return new DeskAnswer(answer, review);
    }, ct);

    /// <summary>What decided goes with the decision, in one message and one entry's transaction; everything else has a message of its own.</summary>
    private void Tell(Turn turn, Review review, string deed, Reviewer person, string? reason, DateTimeOffset now)
    {
        if (!Deeds.IsKept(deed))
            turn.Store.Publish(new PersonActed { ActionId = Guid.NewGuid(), Person = person.Ref, Action = deed, TicketId = review.Id, Reason = reason, At = now }, clock);
        else if (!review.Status.IsDecided())
            turn.Store.Publish(review.Acts().Last(act => act.Person.Subject == person.Subject && act.Action == deed), clock); // it was done just now
    }

    private Task<Review?> FindAsync(ApprovalsStore store, string id, CancellationToken ct) => find(store, id, ct);

    /// <summary>The clock is read here, after the writer's turn has come: no wish is judged by the time it was sent.</summary>
    private DateTimeOffset Change(Turn turn, Review review, Action<DateTimeOffset> change)
    {
        var now = clock.GetUtcNow();
        var before = review.Status;
        review.Elapse(now);
        change(now);
        turn.Store.ChangeTracker.DetectChanges();
        if (turn.Store.ChangeTracker.HasChanges()) Announce(turn, review, before, now);
        return now;
    }

    private void Announce(Turn turn, Review review, ApprovalStatus before, DateTimeOffset now)
    {
        turn.Stamp(review);
        if (review.Status.IsDecided() && !before.IsDecided())
        {
            if (review.Known is null) turn.WhenStored(() => metrics.Decided(review));
            PublishDecision(turn.Store, review);
        }
        news.Tell(turn, review, now);
    }

    /// <summary>The caller's trace goes on here: the time people took is a step of it, linked to the request that decided.</summary>
    private void PublishDecision(ApprovalsStore store, Review review)
    {
        using var step = Tracing.GoOn("review", review.TraceParent, startedAt: review.OpenedAt);
        step?.SetTag(Tracing.OutcomeTag, review.Status.Word()).SetTag(Tracing.TicketTag, review.Id);
        store.Publish(review.Decision(), clock, step?.Id ?? review.TraceParent);
    }

    private Task<bool> WriteAsync(Func<Turn, Task> change, CancellationToken ct) => WriteAsync(async turn =>
    {
        await change(turn);
        return true;
    }, ct);

    /// <summary>Counts and shows when it is stored: the writer may have to make a change more than once.</summary>
    private async Task<T> WriteAsync<T>(Func<Turn, Task<T>> change, CancellationToken ct)
    {
        Turn? last = null;
        var answer = await writer.WriteAsync((store, sequence) => change(last = new Turn(store, sequence)), ct);
        last!.Stored(); // a turn was taken
        return answer;
    }

    [LoggerMessage(1, LogLevel.Error, "A release of ticket {TicketId} was reported, but its review is {Status}; the report changed nothing.")]
    private partial void LogNothingToSettle(string ticketId, string status);
}
