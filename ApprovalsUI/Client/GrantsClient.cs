using ApprovalsUI.Client.Calls;
using Contracts.Api;

namespace ApprovalsUI.Client;

/// <summary>The gateway's grants: what people let pass for a while. Each of these acts counts once, however often it is sent.</summary>
internal sealed class GrantsClient(HttpClient http, PersonSession person, TimeProvider clock)
{
    private const string Root = "api/grants";
    private static readonly object Nothing = new();
    private readonly JsonApi api = new(http, person, clock);

    internal Task<ApiResult<GrantView[]>> ListAsync(CancellationToken cancel) => api.GetAsync<GrantView[]>(Root, cancel);

    internal Task<ApiResult<GrantView>> MakeAsync(MakeGrant grant) => api.PostOperationAsync<GrantView>(Root, grant, CancellationToken.None);

    internal Task<ApiResult<GrantView>> AgreeAsync(string id) => api.PostOperationAsync<GrantView>(Path(id) + "/agree", Nothing, CancellationToken.None);

    internal Task<ApiResult<GrantView>> RevokeAsync(string id, string reason) =>
        api.PostOperationAsync<GrantView>(Path(id) + "/revoke", new RevokeGrant(reason), CancellationToken.None);

    private static string Path(string id) => $"{Root}/{Uri.EscapeDataString(id)}";
}
