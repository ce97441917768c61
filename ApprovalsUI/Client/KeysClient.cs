using ApprovalsUI.Client.Calls;
using Contracts.Api;

namespace ApprovalsUI.Client;

/// <summary>The gateway's keys of service accounts.</summary>
internal sealed class KeysClient(HttpClient http, PersonSession person, TimeProvider clock)
{
    private const string Root = "api/keys";
    private readonly JsonApi api = new(http, person, clock);

    internal Task<ApiResult<ApiKeyView[]>> ListAsync(CancellationToken cancel) => api.GetAsync<ApiKeyView[]>(Root, cancel);

    /// <summary>Not cancelled by leaving the page, and asked again after silence: a key that was issued and never seen is at least known.</summary>
    internal Task<ApiResult<IssuedKey>> IssueAsync(IssueKey key) => api.PostOperationAsync<IssuedKey>(Root, key, CancellationToken.None);

    /// <summary>Done once, however often it is asked for.</summary>
    internal Task<ApiResult<ApiKeyView>> RevokeAsync(Guid key, string reason) =>
        api.PostOperationAsync<ApiKeyView>($"{Root}/{key}/revoke", new RevokeKey(reason), CancellationToken.None);
}
