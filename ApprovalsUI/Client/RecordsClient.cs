using ApprovalsUI.Client.Calls;
using Contracts.Api;

namespace ApprovalsUI.Client;

/// <summary>What the gateway has on record: one interaction with all of it, and answers to questions about all of them.</summary>
internal sealed class RecordsClient(HttpClient http, PersonSession person, TimeProvider clock)
{
    private const string Questions = "api/questions";
    private readonly JsonApi api = new(http, person, clock);

    /// <param name="id">Of the interaction, or of its ticket.</param>
    internal Task<ApiResult<InteractionView>> InteractionAsync(string id, CancellationToken cancel) => api.GetAsync<InteractionView>(Path(id), cancel);

    internal Task<ApiResult<ResentInteraction>> ResendAsync(string id, string reason) =>
        api.PostAsync<ResentInteraction>(Path(id) + "/resend", new OpenInteraction(reason), CancellationToken.None);

    internal Task<ApiResult<OpenedInteraction>> OpenAsync(string id, string reason, CancellationToken cancel) =>
        api.PostAsync<OpenedInteraction>(Path(id) + "/open", new OpenInteraction(reason), cancel);

    internal Task<ApiResult<RevealedFinding>> RevealAsync(string id, RevealFinding reveal, CancellationToken cancel) =>
        api.PostAsync<RevealedFinding>(Path(id) + "/reveals", reveal, cancel);

    internal Task<ApiResult<JudgedAgain>> JudgeAsync(string id, string policy, CancellationToken cancel) =>
        api.PostAsync<JudgedAgain>(Path(id) + "/judge", new JudgeAgain(policy), cancel);

    internal Task<ApiResult<Found<AskedBy>>> WhoAskedAsync(WhoAsked question, CancellationToken cancel) =>
        api.PostAsync<Found<AskedBy>>(Questions + "/who-asked", question, cancel);

    internal Task<ApiResult<Found<LeftBy>>> DidItLeaveAsync(DidItLeave question, CancellationToken cancel) =>
        api.PostAsync<Found<LeftBy>>(Questions + "/did-it-leave", question, cancel);

    internal Task<ApiResult<Found<GotPast>>> WhoGotPastAsync(WhoGotPast question, CancellationToken cancel) =>
        api.PostAsync<Found<GotPast>>(Questions + "/who-got-past", question, cancel);

    private static string Path(string id) => "api/interactions/" + Uri.EscapeDataString(id);
}
