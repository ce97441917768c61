namespace Gateway.Dialects;

/// <summary>Which provider's wire a route speaks.</summary>
internal sealed class DialectsByRoute
{
    private const int LongestRoute = 300;
    private static readonly AnthropicMessages Anthropic = new();
    private static readonly PlainJson Plain = new();

    private readonly Dictionary<string, Dialect> byRoute = new(StringComparer.Ordinal)
    {
        ["/v1/chat/completions"] = new OpenAIChat(),
        ["/v1/messages"] = Anthropic,
        ["/v1/responses"] = new OpenAIResponses(),
    };

    public Dialect For(string route) =>
        byRoute.GetValueOrDefault(route) ?? (route.StartsWith("/v1/messages/", StringComparison.Ordinal) ? Anthropic : Plain);

    /// <summary>
    /// Routing takes <c>/V1/Messages/</c> for <c>/v1/messages</c>, but no upstream does, and its answer would be read in the
    /// wrong dialect.
    /// </summary>
    public bool IsProper(string route) =>
        route.Length <= LongestRoute && route.StartsWith("/v1/", StringComparison.Ordinal) && !route.Any(char.IsControl)
        && (byRoute.ContainsKey(route) || !byRoute.Keys.Contains(route.TrimEnd('/'), StringComparer.OrdinalIgnoreCase));

    /// <summary>The route's own, else what its caller seems to speak.</summary>
    public Dialect OfErrorsAt(HttpRequest request) => For(request.Path.Value ?? "") is var dialect && dialect is PlainJson ? OfErrors(request) : dialect;

    /// <summary>For errors on routes that both providers' SDKs use: Anthropic's name a version in every request.</summary>
    public static Dialect OfErrors(HttpRequest request) => request.Headers.ContainsKey("anthropic-version") ? Anthropic : Plain;
}
