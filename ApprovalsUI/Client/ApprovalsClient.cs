using ApprovalsUI.Client.Calls;
using Contracts.Api;

namespace ApprovalsUI.Client;

/// <summary>The approvals service: sessions, the queue, votes, claims.</summary>
internal sealed class ApprovalsClient(HttpClient http, PersonSession person, TimeProvider clock)
{
    private readonly JsonApi api = new(http, person, clock);

    internal Task<ApiResult<PersonView[]>> PeopleAsync(CancellationToken cancel) =>
        api.GetAnonymouslyAsync<PersonView[]>("api/sessions/people", cancel);

    internal Task<ApiResult<Session>> SignInAsync(SignIn signIn, CancellationToken cancel) =>
        api.PostAnonymouslyAsync<Session>("api/sessions", signIn, cancel);

    internal Task<ApiResult<ReviewPage>> OpenAsync(string? cursor, int take, CancellationToken cancel) =>
        api.GetAsync<ReviewPage>(Query.Build("api/reviews", ("state", "open"), ("cursor", cursor), ("take", take)), cancel);

    internal Task<ApiResult<ReviewPage>> DecidedAsync(string? cursor, int take, CancellationToken cancel) =>
        api.GetAsync<ReviewPage>(Query.Build("api/reviews", ("state", "decided"), ("cursor", cursor), ("take", take)), cancel);

    /// <summary>What changed, in whatever state, after a sequence number.</summary>
    internal Task<ApiResult<ReviewPage>> ChangedAsync(long after, string? cursor, int take, CancellationToken cancel) =>
        api.GetAsync<ReviewPage>(Query.Build("api/reviews", ("after", after), ("cursor", cursor), ("take", take)), cancel);

    internal Task<ApiResult<ReviewDetail>> ReviewAsync(string id, CancellationToken cancel) =>
        api.GetAsync<ReviewDetail>(Path(id), cancel);

    internal Task<ApiResult<ReviewDetail>> VoteAsync(string id, CastVote vote, CancellationToken cancel) =>
        api.PostOperationAsync<ReviewDetail>(Path(id) + "/votes", vote, cancel);

    internal Task<ApiResult<ReviewDetail>> BreakGlassAsync(string id, BreakGlass deed, CancellationToken cancel) =>
        api.PostOperationAsync<ReviewDetail>(Path(id) + "/break-glass", deed, cancel);

    internal Task<ApiResult<ReviewDetail>> PassAsync(string id, PassReview pass, CancellationToken cancel) =>
        api.PostOperationAsync<ReviewDetail>(Path(id) + "/pass", pass, cancel);

    internal Task<ApiResult<ReviewDetail>> AskCallerAsync(string id, AskCaller ask, CancellationToken cancel) =>
        api.PostOperationAsync<ReviewDetail>(Path(id) + "/questions", ask, cancel);

    /// <summary>What else the caller asked, and how prompts like it ended.</summary>
    internal Task<ApiResult<ReviewContext>> ContextAsync(string id, CancellationToken cancel) =>
        api.GetAsync<ReviewContext>(Path(id) + "/context", cancel);

    internal Task<ApiResult<ReviewDetail>> ClaimAsync(string id, ClaimReview operation, CancellationToken cancel) =>
        api.PostOperationAsync<ReviewDetail>(Path(id) + "/claim", operation, cancel);

    /// <summary>Tried once: a lease that is not given back lapses.</summary>
    internal Task<ApiResult<ReviewDetail>> ReleaseClaimAsync(string id, ReviewOperation operation, CancellationToken cancel) =>
        api.PostAsync<ReviewDetail>(Path(id) + "/claim/release", operation, cancel);

    internal Task<ApiResult<ReviewDetail>> UndoAsync(string id, ReviewOperation operation, CancellationToken cancel) =>
        api.PostOperationAsync<ReviewDetail>(Path(id) + "/undo", operation, cancel);

    internal Task<ApiResult<AlertView[]>> AlertsAsync(CancellationToken cancel) => api.GetAsync<AlertView[]>("api/alerts", cancel);

    /// <returns>False when it was not taken note of.</returns>
    internal Task<bool> DismissAsync(Guid alert, CancellationToken cancel) => api.PostEmptyAsync($"api/alerts/{alert}/dismiss", cancel);

    private static string Path(string id) => "api/reviews/" + Uri.EscapeDataString(id);
}
