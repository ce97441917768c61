using ApprovalsUI.Client.Calls;
using Contracts.Api;

namespace ApprovalsUI.Client;

/// <summary>The gateway: the text of parked prompts, the trail, and who may do what.</summary>
internal sealed class GatewayClient(HttpClient http, PersonSession person, TimeProvider clock)
{
    private readonly JsonApi api = new(http, person, clock);

    /// <summary>Tells who a token belongs to, once the gateway has recorded that they signed in.</summary>
    internal Task<ApiResult<PersonView>> SignedInAsync(string accessToken, CancellationToken cancel) =>
        api.PostWithAsync<PersonView>(accessToken, "api/sign-ins", cancel);

    /// <summary>No token that the person was given up to now counts any more, at any service.</summary>
    internal Task<ApiResult<object>> SignOutEverywhereAsync(string accessToken, CancellationToken cancel) =>
        api.PostWithAsync<object>(accessToken, "api/sign-outs", cancel);

    internal Task<ApiResult<PromptView>> PromptAsync(string ticketId, CancellationToken cancel) =>
        api.GetAsync<PromptView>(Path(ticketId), cancel);

    internal Task<ApiResult<PromptView>> EditAsync(string ticketId, EditPrompt edit, CancellationToken cancel) =>
        api.PostOperationAsync<PromptView>(Path(ticketId) + "/edits", edit, cancel);

    internal Task<ApiResult<RevealedFinding>> RevealAsync(string ticketId, RevealFinding reveal, CancellationToken cancel) =>
        api.PostAsync<RevealedFinding>(Path(ticketId) + "/reveals", reveal, cancel);

    internal Task<ApiResult<TrailPage>> TrailAsync(TrailFilter filter, long? before, int take, CancellationToken cancel) =>
        api.GetAsync<TrailPage>(filter.Address("api/trail", before, take), cancel);

    /// <param name="subject">Somebody else to ask about; null asks about oneself.</param>
    internal Task<ApiResult<AccessView>> AccessAsync(string? subject, CancellationToken cancel) =>
        api.GetAsync<AccessView>(Query.Build("api/access", ("subject", subject)), cancel);

    private static string Path(string ticketId) => "api/prompts/" + Uri.EscapeDataString(ticketId);
}
