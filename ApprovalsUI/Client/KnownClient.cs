using ApprovalsUI.Client.Calls;
using Contracts.Api;

namespace ApprovalsUI.Client;

/// <summary>Prompts whose right answer is known: kept at the gateway.</summary>
internal sealed class KnownClient(HttpClient http, PersonSession person, TimeProvider clock)
{
    private const string Root = "api/known";
    private readonly JsonApi api = new(http, person, clock);

    internal Task<ApiResult<KnownNotice>> NoticeAsync(CancellationToken cancel) => api.GetAsync<KnownNotice>($"{Root}/notice", cancel);

    internal Task<ApiResult<KnownList>> ListAsync(CancellationToken cancel) => api.GetAsync<KnownList>(Root, cancel);

    internal Task<ApiResult<KnownCaseView>> AddAsync(AddKnown known) => api.PostOperationAsync<KnownCaseView>(Root, known, CancellationToken.None);

    internal Task<ApiResult<object>> RetireAsync(Guid known) => api.DeleteAsync($"{Root}/{known}", CancellationToken.None);
}
