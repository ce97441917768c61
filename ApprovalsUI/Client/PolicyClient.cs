using System.Globalization;
using ApprovalsUI.Client.Calls;
using Contracts.Api;

namespace ApprovalsUI.Client;

/// <summary>The gateway's policies: what is in force, what is being changed, and what a change would have done.</summary>
internal sealed class PolicyClient(HttpClient http, PersonSession person, TimeProvider clock)
{
    private const string Root = "api/policies";
    private static readonly object Nothing = new();
    private readonly JsonApi api = new(http, person, clock);

    internal Task<ApiResult<PolicyOverview>> OverviewAsync(CancellationToken cancel) => api.GetAsync<PolicyOverview>(Root, cancel);

    internal Task<ApiResult<PolicyVersionView>> VersionAsync(int number, CancellationToken cancel) => api.GetAsync<PolicyVersionView>(Path(number), cancel);

    internal Task<ApiResult<PolicyDraftView>> DraftAsync(Guid draft, CancellationToken cancel) => api.GetAsync<PolicyDraftView>(Path(draft), cancel);

    internal Task<ApiResult<PolicyCheckResult>> CheckAsync(string text, CancellationToken cancel) =>
        api.PostAsync<PolicyCheckResult>(Root + "/check", new CheckPolicy(text), cancel);

    internal Task<ApiResult<CheckPolicy>> MoveAsync(MoveThresholds move, CancellationToken cancel) => api.PostAsync<CheckPolicy>(Root + "/thresholds", move, cancel);

    internal Task<ApiResult<WhatIfReport>> WhatIfAsync(AskWhatIf ask, CancellationToken cancel) => api.PostAsync<WhatIfReport>(Root + "/what-if", ask, cancel);

    /// <summary>A new one gets its id here: sent again, it is the same draft.</summary>
    internal Task<ApiResult<PolicyDraftView>> WriteAsync(Guid draft, WriteDraft words, CancellationToken cancel) => api.PutAsync<PolicyDraftView>(Path(draft), words, cancel);

    internal Task<ApiResult<PolicyDraftView>> ProposeAsync(Guid draft, CancellationToken cancel) => api.PostAsync<PolicyDraftView>(Path(draft) + "/propose", Nothing, cancel);

    internal Task<ApiResult<PolicyDraftView>> WithdrawAsync(Guid draft, CancellationToken cancel) => api.PostAsync<PolicyDraftView>(Path(draft) + "/withdraw", Nothing, cancel);

    internal Task<ApiResult<PolicyDraftView>> ShadowAsync(Guid draft, ShadowDraft shadow, CancellationToken cancel) =>
        api.PostAsync<PolicyDraftView>(Path(draft) + "/shadow", shadow, cancel);

    internal Task<ApiResult<PolicyVersionView>> ApproveAsync(Guid draft, ApproveDraft approval, CancellationToken cancel) =>
        api.PostAsync<PolicyVersionView>(Path(draft) + "/approve", approval, cancel);

    internal Task<ApiResult<PolicyDraftView>> RejectAsync(Guid draft, PolicyReason no, CancellationToken cancel) => api.PostAsync<PolicyDraftView>(Path(draft) + "/reject", no, cancel);

    internal Task<ApiResult<PolicyVersionView>> TightenAsync(TightenPolicy tighten, CancellationToken cancel) => api.PostAsync<PolicyVersionView>(Root + "/tighten", tighten, cancel);

    internal Task<ApiResult<PolicyVersionView>> RollBackAsync(int number, RollBackPolicy back, CancellationToken cancel) =>
        api.PostAsync<PolicyVersionView>(Path(number) + "/rollback", back, cancel);

    internal Task<ApiResult<PolicyVersionView>> ReviewAsync(int number, PolicyReason seen, CancellationToken cancel) =>
        api.PostAsync<PolicyVersionView>(Path(number) + "/review", seen, cancel);

    private static string Path(int number) => $"{Root}/{number.ToString(CultureInfo.InvariantCulture)}";

    private static string Path(Guid draft) => $"{Root}/drafts/{draft:N}";
}
