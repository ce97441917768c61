using Distributed.Support;

namespace Distributed.Faults;

/// <summary>Kills one process after another, without warning, and starts it again a moment later. One of each kind is left at a time.</summary>
internal sealed class Chaos(Cluster cluster, int seed)
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(2);
    private readonly Random random = new(seed);
    private readonly Dictionary<string, int> kills = [];

    public int Kills => kills.Values.Sum();

    public async Task RunAsync(CancellationToken calm)
    {
        while (!calm.IsCancellationRequested)
        {
            await Task.Delay(Quiet + TimeSpan.FromMilliseconds(random.Next(2_000)), TimeProvider.System, calm).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (calm.IsCancellationRequested) return;
            await (random.Next(10) switch
            {
                0 or 1 => BrokerAsync(),
                2 => StopAsync(Any(cluster.Gateways)),
                < 7 => KillAsync(Any(cluster.Gateways)),
                _ => KillAsync(Any(cluster.Approvals)),
            });
        }
    }

    public override string ToString() => string.Join(", ", kills.OrderBy(kill => kill.Key).Select(kill => $"{kill.Key} {kill.Value}x"));

    private ServiceProcess Any(IReadOnlyList<ServiceProcess> services) => services[random.Next(services.Count)];

    private async Task KillAsync(ServiceProcess service)
    {
        Count(service.Project);
        await service.KillAsync();
        await AwayAsync();
        await service.StartAsync(ready: false);
    }

    private async Task StopAsync(ServiceProcess service)
    {
        Count($"{service.Project} (stopped)");
        await service.StopAsync();
        await service.StartAsync(ready: false);
    }

    private async Task BrokerAsync()
    {
        Count("RabbitMQ");
        await cluster.Broker.KillAsync();
        await AwayAsync();
        await cluster.Broker.StartAgainAsync();
    }

    private Task AwayAsync() => Task.Delay(TimeSpan.FromMilliseconds(random.Next(2_000)), TimeProvider.System);

    private void Count(string victim) => kills[victim] = kills.GetValueOrDefault(victim) + 1;
}
