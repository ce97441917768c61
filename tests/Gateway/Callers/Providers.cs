using System.Text;
using System.Text.Json;
using Gateway.Tests.Support;
using Tests.Servers;

namespace Gateway.Tests.Callers;

/// <summary>Two real OpenID providers, and a gateway that takes the tokens of both.</summary>
public sealed class Providers(SharedGateway shared) : IAsyncLifetime
{
    private static readonly Uri NoConsole = new("http://127.0.0.1:9");

    public OpenIdProvider Corp { get; private set; } = null!; // set before the first test
    public OpenIdProvider Partner { get; private set; } = null!;
    internal GatewayHost Host { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var (corp, partner) = (StartAsync(), StartAsync());
        (Corp, Partner) = (await corp, await partner);
        Host = await GatewayHost.StartAsync(shared.Upstream, Settings(Corp, Partner), logLevel: Microsoft.Extensions.Logging.LogLevel.Trace);
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await Corp.DisposeAsync();
        await Partner.DisposeAsync();
    }

    public static Task<OpenIdProvider> StartAsync() => OpenIdProvider.StartAsync(NoConsole);

    public static Dictionary<string, string?> Settings(OpenIdProvider corp, OpenIdProvider? partner = null)
    {
        var settings = Settings(0, "corp", corp.Authority);
        foreach (var (key, value) in partner is null ? [] : Settings(1, "partner", partner.Authority)) settings[key] = value;
        return settings;
    }

    public static Dictionary<string, string?> Settings(int place, string name, string authority) => new()
    {
        [$"CallerProviders:{place}:Name"] = name, [$"CallerProviders:{place}:Authority"] = authority,
        [$"CallerProviders:{place}:Audience"] = "approvals", [$"CallerProviders:{place}:AllowHttp"] = "true",
    };

    /// <summary>Claims of a good token, for tests that spoil one of them.</summary>
    public static Dictionary<string, object?> Claims(OpenIdProvider provider) => new()
    {
        ["iss"] = provider.Authority, ["aud"] = "approvals", ["sub"] = "reports", ["client_id"] = "reports", ["exp"] = In(hours: 1),
    };

    public static long In(int hours) => TimeProvider.System.GetUtcNow().AddHours(hours).ToUnixTimeSeconds();

    public static string Part(object part) => Part(JsonSerializer.Serialize(part));

    public static string Part(string json) => System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}
