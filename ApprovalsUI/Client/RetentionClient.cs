using ApprovalsUI.Client.Calls;
using Contracts.Api;

namespace ApprovalsUI.Client;

/// <summary>What the gateway keeps and what it erases. None of these is cancelled by leaving the page.</summary>
internal sealed class RetentionClient(HttpClient http, PersonSession person, TimeProvider clock)
{
    private const string Holds = "api/holds";
    private readonly JsonApi api = new(http, person, clock);

    internal Task<ApiResult<ErasedTexts>> EraseAsync(EraseTexts erase) => api.PostAsync<ErasedTexts>("api/erasures", erase, CancellationToken.None);

    internal Task<ApiResult<HoldView[]>> HoldsAsync(CancellationToken cancel) => api.GetAsync<HoldView[]>(Holds, cancel);

    internal Task<ApiResult<HoldView>> PlaceAsync(PlaceHold hold) => api.PostOperationAsync<HoldView>(Holds, hold, CancellationToken.None);

    internal Task<ApiResult<HoldView>> LiftAsync(Guid hold, string reason) => api.PostAsync<HoldView>($"{Holds}/{hold}/lift", new LiftHold(reason), CancellationToken.None);
}
