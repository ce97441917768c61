using System.Security.Claims;
using Approvals.Identity;
using Approvals.Workflow;
using Contracts.Api;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Approvals.Reviews;

using DetailResult = Results<Ok<ReviewDetail>, ProblemHttpResult>;

/// <summary>The reviewers' API. A GET never changes anything; each POST carries an operation id and may be sent again.</summary>
internal static class ReviewsApi
{
    private const int MostAtOnce = 200;
    private const int LargestBody = 32 * 1024;

    public static void MapReviews(this IEndpointRouteBuilder app)
    {
        var reviews = app.MapGroup("/api/reviews")
            .WithTags("Reviews")
            .RequireAuthorization(ReviewPolicies.Read)
            .AddEndpointFilter<SessionShown>()
            .WithMetadata(new RequestSizeLimitAttribute(LargestBody))
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden);

        reviews.MapGet("/", List).WithName("ListReviews")
            .WithSummary("The queue (state=open), the history (state=decided), or what changed after a sequence number.")
            .ProducesProblem(StatusCodes.Status400BadRequest);
        reviews.MapGet("/{id}", Find).WithName("GetReview")
            .WithSummary("Everything about one review but the prompt's text.")
            .ProducesProblem(StatusCodes.Status404NotFound);

        reviews.MapGet("/{id}/context", Context).WithName("GetReviewContext")
            .WithSummary("What else the same caller asked, and how prompts like this one ended.")
            .ProducesProblem(StatusCodes.Status404NotFound);

        Decision(reviews.MapPost("/{id}/votes", Vote), "CastVote", "Approve or reject a parked prompt.");
        Decision(reviews.MapPost("/{id}/claim", Claim), "ClaimReview", "Take or renew the claim: while it lasts, nobody else decides.", ReviewPolicies.Claim);
        Decision(reviews.MapPost("/{id}/claim/release", LetGo), "ReleaseClaim", "Let go of the claim.", ReviewPolicies.Claim);
        Decision(reviews.MapPost("/{id}/pass", Pass), "PassReview", "Hand a parked prompt to another group that the rule names.");
        Decision(reviews.MapPost("/{id}/questions", Ask), "AskCaller", "Ask the caller of a parked prompt something.");
        Decision(reviews.MapPost("/{id}/break-glass", BreakGlass), "BreakGlass", "Release a parked prompt alone, for a recorded reason, whoever else was asked.", ReviewPolicies.BreakGlass);
        Decision(reviews.MapPost("/{id}/undo", Undo), "UndoApproval", "Take an approval back before its undo window ends.", ReviewPolicies.Undo);
    }

    private static void Decision(RouteHandlerBuilder endpoint, string name, string summary, string policy = ReviewPolicies.Decide) =>
        endpoint.WithName(name).WithSummary(summary)
            .RequireAuthorization(policy)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static async Task<Results<Ok<ReviewPage>, ProblemHttpResult>> List(
        ClaimsPrincipal user, ReviewPages pages, CancellationToken ct,
        string state = "open", long? after = null, string? cursor = null, int take = 50)
    {
        if (state is not ("open" or "decided")) return ReviewProblems.BadRequest("state", "state is open or decided.");
        if (take is < 1 or > MostAtOnce) return ReviewProblems.BadRequest("take", $"take is 1 to {MostAtOnce}.");
        if (after < 0) return ReviewProblems.BadRequest("after", "after is a sequence number that was given out before, or 0.");
        var from = cursor is null ? null : PageCursor.Parse(cursor);

        var person = Reviewer.Of(user);
        return (after, state, cursor, from) switch
        {
            (_, _, _, PageCursor.InChanges changes) => TypedResults.Ok(await pages.ChangesAsync(person, changes.Sequence, take, ct)),
            ({ } sequence, _, null, _) => TypedResults.Ok(await pages.ChangesAsync(person, sequence, take, ct)),
            (null, "open", null, _) => TypedResults.Ok(await pages.OpenAsync(person, null, take, ct)),
            (null, "open", _, PageCursor.InQueue queue) => TypedResults.Ok(await pages.OpenAsync(person, queue, take, ct)),
            (null, "decided", null, _) => TypedResults.Ok(await pages.DecidedAsync(person, null, take, ct)),
            (null, "decided", _, PageCursor.InHistory history) => TypedResults.Ok(await pages.DecidedAsync(person, history, take, ct)),
            _ => ReviewProblems.BadRequest("cursor", "cursor is not one that this list gave out."),
        };
    }

    private static async Task<DetailResult> Find(string id, ClaimsPrincipal user, ReviewPages pages, CancellationToken ct) =>
        await pages.FindAsync(Reviewer.Of(user), id, ct) is { } review ? TypedResults.Ok(review) : ReviewProblems.NotFound();

    private static async Task<Results<Ok<ReviewContext>, ProblemHttpResult>> Context(string id, ClaimsPrincipal user, ReviewPages pages, CancellationToken ct) =>
        await pages.ContextAsync(Reviewer.Of(user), id, ct) is { } context ? TypedResults.Ok(context) : ReviewProblems.NotFound();

    private static Task<DetailResult> Vote(string id, CastVote vote, ClaimsPrincipal user, ReviewDesk desk, TimeProvider clock, CancellationToken ct) =>
        vote switch
        {
            { Digest: null or "" } => Refuse("digest-missing", "A vote names the digest of the text it is about."),
            { Reason.Length: > Review.LongestReason } => Refuse("reason-too-long", $"A reason has at most {Review.LongestReason} characters."),
            { Approve: true, Cause: not null } => Refuse("cause-of-a-yes", "Only a rejection has a cause."),
            _ => AnswerAsync(vote.OperationId, user, clock, person => desk.VoteAsync(id, person, vote, ct)),
        };

    private static Task<DetailResult> BreakGlass(string id, BreakGlass deed, ClaimsPrincipal user, ReviewDesk desk, TimeProvider clock, CancellationToken ct) =>
        string.IsNullOrEmpty(deed.Digest)
            ? Refuse("digest-missing", "A release names the digest of the text it is about.")
            : AnswerAsync(deed.OperationId, user, clock, person => desk.BreakGlassAsync(id, person, deed, ct));

    private static Task<DetailResult> Pass(string id, PassReview pass, ClaimsPrincipal user, ReviewDesk desk, TimeProvider clock, CancellationToken ct) =>
        string.IsNullOrEmpty(pass.Group)
            ? Refuse("group-missing", "Say which group is to decide.")
            : AnswerAsync(pass.OperationId, user, clock, person => desk.PassAsync(id, person, pass, ct));

    private static Task<DetailResult> Ask(string id, AskCaller ask, ClaimsPrincipal user, ReviewDesk desk, TimeProvider clock, CancellationToken ct) =>
        AnswerAsync(ask.OperationId, user, clock, person => desk.AskCallerAsync(id, person, ask, ct));

    private static Task<DetailResult> Claim(string id, ClaimReview claim, ClaimsPrincipal user, ReviewDesk desk, TimeProvider clock, CancellationToken ct) =>
        AnswerAsync(claim.OperationId, user, clock, person => desk.ClaimAsync(id, person, claim, ct));

    private static Task<DetailResult> LetGo(string id, ReviewOperation operation, ClaimsPrincipal user, ReviewDesk desk, TimeProvider clock, CancellationToken ct) =>
        AnswerAsync(operation.OperationId, user, clock, person => desk.LetGoAsync(id, person, operation, ct));

    private static Task<DetailResult> Undo(string id, ReviewOperation operation, ClaimsPrincipal user, ReviewDesk desk, TimeProvider clock, CancellationToken ct) =>
        AnswerAsync(operation.OperationId, user, clock, person => desk.UndoAsync(id, person, operation, ct));

    private static async Task<DetailResult> AnswerAsync(
        Guid operationId, ClaimsPrincipal user, TimeProvider clock, Func<Reviewer, Task<DeskAnswer>> ask)
    {
        if (operationId == Guid.Empty) return ReviewProblems.BadRequest("operation-id", "operationId is a GUID of the client's choosing, not all zeros.");

        var person = Reviewer.Of(user);
        var answer = await ask(person);
        var now = clock.GetUtcNow();
        return answer is { Answer: ReviewAnswer.Accepted or ReviewAnswer.Renewed, Review: { } review }
            ? TypedResults.Ok(review.Detail(person, now))
            : ReviewProblems.Of(answer, person, now);
    }

    private static Task<DetailResult> Refuse(string type, string sentence) =>
        Task.FromResult<DetailResult>(ReviewProblems.BadRequest(type, sentence));
}
