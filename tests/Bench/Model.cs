namespace Bench;

/// <param name="Name">What a caller asks the gateway for.</param>
/// <param name="Path">Where it stands at the upstream: callers of the other targets go there themselves.</param>
internal sealed record Model(string Name, string Path)
{
    public const string Route = "/v1/chat/completions";

    public static readonly Model AtOnce = new("bench-0", "/wait/0");
    public static readonly Model Slow = new("bench-50", "/wait/50");

    /// <summary>A chunk every 10 ms.</summary>
    public static readonly Model Paced = new("bench-paced", "/sse/50/10");

    /// <summary>Chunks as fast as they can be written.</summary>
    public static readonly Model Burst = new("bench-burst", "/sse/20/0");
    public static readonly Model Looked = new("bench-look", "/look");

    public static IReadOnlyList<Model> All => [AtOnce, Slow, Paced, Burst, Looked];
}

/// <summary>One of the three ways to the model that are compared.</summary>
internal sealed record Target(string Name, string BaseUrl, bool NamesPath)
{
    public string UrlOf(Model model) => BaseUrl + (NamesPath ? model.Path : "") + Model.Route;

    public static IReadOnlyList<Target> All(Servers servers, GatewayUnderTest gateway) =>
        [new("direct", servers.Upstream, true), new("forwarder", servers.Forwarder, true), new("gateway", gateway.Url, false)];
}
