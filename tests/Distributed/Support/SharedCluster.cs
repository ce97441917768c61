using Distributed.Support;

// Each collection has a cluster of its own; two at once would only slow each other down.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Distributed;

/// <summary>One cluster for all tests that break nothing.</summary>
public sealed class SharedCluster : IAsyncLifetime
{
    public const string Name = "One cluster";

    internal Cluster Cluster { get; private set; } = null!; // set before any test runs

    public async ValueTask InitializeAsync() => Cluster = await Cluster.StartAsync();

    public ValueTask DisposeAsync() => Cluster.DisposeAsync();
}

[CollectionDefinition(SharedCluster.Name)]
public sealed class OfOneCluster : ICollectionFixture<SharedCluster>;
