using Gateway.Tests.Support;

[assembly: AssemblyFixture(typeof(SharedGateway))]

namespace Gateway.Tests.Support;

/// <summary>One host for all tests that need no settings of their own. Tests keep apart by model names and callers.</summary>
public sealed class SharedGateway : IAsyncLifetime
{
    internal MockUpstream Upstream { get; private set; } = null!; // set before the first test
    internal GatewayHost Host { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Upstream = await MockUpstream.StartAsync();
        Host = await GatewayHost.StartAsync(Upstream);
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await Upstream.DisposeAsync();
    }
}
