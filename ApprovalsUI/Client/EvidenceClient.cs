using ApprovalsUI.Client.Calls;
using Contracts.Api;

namespace ApprovalsUI.Client;

/// <summary>Bundles of evidence, which take the gateway longer than anything else and may be long.</summary>
internal sealed class EvidenceClient(HttpClient http, PersonSession person, TimeProvider clock)
{
    internal static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private readonly JsonApi api = new(http, person, clock);

    /// <summary>Whoever asks closes the stream.</summary>
    internal Task<ApiResult<Stream>> ExportAsync(ExportEvidence export, CancellationToken cancel) => api.PostForFileAsync("api/evidence", export, cancel);
}
