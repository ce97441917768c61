using ApprovalsUI.Client.Calls;
using Contracts.Api;

namespace ApprovalsUI.Client;

/// <summary>The approvals service's figures about the asking of people.</summary>
internal sealed class OverviewClient(HttpClient http, PersonSession person, TimeProvider clock)
{
    private readonly JsonApi api = new(http, person, clock);

    /// <param name="zone">IANA name of the time zone whose days are counted.</param>
    internal Task<ApiResult<OverviewReport>> ReadAsync(int days, string zone, CancellationToken cancel) =>
        api.GetAsync<OverviewReport>(Query.Build("api/overview", ("days", days), ("zone", zone)), cancel);

    /// <summary>One of its tables as CSV. Whoever asks closes the stream.</summary>
    internal Task<ApiResult<Stream>> TableAsync(string table, int days, string zone, CancellationToken cancel) =>
        api.GetFileAsync(Query.Build($"api/overview/{Uri.EscapeDataString(table)}.csv", ("days", days), ("zone", zone)), cancel);
}
