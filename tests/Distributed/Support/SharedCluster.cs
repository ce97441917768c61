using Distributed.Support;

[assembly: AssemblyFixture(typeof(Distributed.SharedCluster))]

namespace Distributed;

/// <summary>One cluster for all tests that break nothing.</summary>
public sealed class SharedCluster : IAsyncLifetime
{
    internal Cluster Cluster { get; private set; } = null!; // set before any test runs

    public async ValueTask InitializeAsync() => Cluster = await Cluster.StartAsync();

    public ValueTask DisposeAsync() => Cluster.DisposeAsync();
}
