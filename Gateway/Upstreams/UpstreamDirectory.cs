using System.IO.Enumeration;
using System.Net.Http.Headers;
using Gateway.Dialects;
using Gateway.Prompts;
using Gateway.Telemetry;
using Microsoft.Extensions.Options;

namespace Gateway.Upstreams;

/// <summary>The upstream gave no answer at all.</summary>
internal sealed class UpstreamException(bool timedOut, string upstream, Exception cause)
    : Exception($"Upstream '{upstream}' {(timedOut ? "did not answer in time" : "could not be reached")}.", cause)
{
    public ApiError Error => timedOut
        ? new ApiError(StatusCodes.Status504GatewayTimeout, "upstream_timeout", Message)
        : new ApiError(StatusCodes.Status502BadGateway, "upstream_unreachable", Message);
}

/// <summary>Chooses an upstream by model and talks to it. The caller's key never goes out; the upstream's never comes back.</summary>
internal sealed class UpstreamDirectory(IOptions<UpstreamList> list, IOptions<UpstreamLimits> options, IHttpClientFactory clients)
{
    private readonly List<UpstreamOptions> upstreams = list.Value.Upstreams;

    /// <summary>Literal model names, for <c>GET /v1/models</c>; patterns cannot be listed.</summary>
    public IEnumerable<(string Model, string Upstream)> ListedModels =>
        upstreams.SelectMany(u => u.Models.Where(m => !m.Contains('*', StringComparison.Ordinal)).Select(m => (m, u.Name))).DistinctBy(m => m.m);

    public UpstreamOptions? Find(string model, Dialect dialect) =>
        upstreams.FirstOrDefault(u => (u.Kind == "echo" || u.Kind == dialect.Kind) && u.Models.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, model, ignoreCase: false)));

    /// <summary>For bodies without a readable model: the first upstream of the provider that owns the route.</summary>
    public UpstreamOptions? First(Dialect dialect) => upstreams.FirstOrDefault(u => u.Kind == dialect.Kind);

    /// <returns>The answer with its headers; the body is still to be read.</returns>
    /// <exception cref="UpstreamException">Nobody answered.</exception>
    public async Task<HttpResponseMessage> SendAsync(UpstreamOptions upstream, OutgoingPrompt prompt, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Address(upstream, prompt.Route)) { Content = new ReadOnlyMemoryContent(prompt.Body) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", prompt.ContentType);
        foreach (var (name, value) in prompt.CallerHeaders) request.Headers.TryAddWithoutValidation(name, value);
        if (upstream.ResolveKey() is { Length: > 0 } key)
        {
            if (upstream.Kind == "anthropic") request.Headers.TryAddWithoutValidation("x-api-key", key);
            else request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(options.Value.UpstreamTimeout);
        try
        {
            return await clients.CreateClient(upstream.Kind == "echo" ? EchoUpstream.ClientName : ClientName)
                .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
        }
        catch (OperationCanceledException fault) when (!ct.IsCancellationRequested)
        {
            throw new UpstreamException(timedOut: true, upstream.Name, fault);
        }
        catch (HttpRequestException fault)
        {
            throw new UpstreamException(timedOut: false, upstream.Name, fault);
        }
    }

    public const string ClientName = "upstream";

    /// <summary>What telemetry may know of a call.</summary>
    public static GenAiTarget Target(UpstreamOptions upstream, OutgoingPrompt prompt) =>
        new(upstream.Name, upstream.Kind, Address(upstream, prompt.Route), prompt.Route, prompt.Model, upstream.Models.Contains(prompt.Model));

    /// <summary>A base URL may end in <c>/v1</c>, as the SDKs write it, or not.</summary>
    private static Uri Address(UpstreamOptions upstream, string decoded)
    {
        var route = new PathString(decoded).ToUriComponent();
        if (upstream.Kind == "echo") return new Uri("http://echo.invalid" + route);
        var root = upstream.BaseUrl.TrimEnd('/');
        return new Uri(root.EndsWith("/v1", StringComparison.Ordinal) && route.StartsWith("/v1/", StringComparison.Ordinal) ? root + route[3..] : root + route);
    }
}
