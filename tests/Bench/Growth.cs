namespace Bench;

/// <summary>The same load on a store that grows by it: does a call cost more when there were many before?</summary>
internal sealed class Growth(Servers servers, GatewayUnderTest gateway, BenchOptions options, string folder, Report report)
{
    private const int Size = 1024;
    private const int Connections = 32;
    private const int FillSeconds = 10;

    public async Task RunAsync()
    {
        var rows = new List<string[]>();
        var ratios = new List<double>();
        foreach (var stored in options switch { { Million: true } => new[] { 1_000, 10_000, 100_000, 1_000_000 }, { Full: true } => [1_000, 10_000, 100_000], _ => [1_000, 10_000] })
        {
            var bodies = Wrk.Bodies(folder, Model.AtOnce, Size, stream: false);
            while (await gateway.CallsAsync() < stored) await Wrk.RunAsync(gateway.Url + Model.Route, bodies, Connections, stored <= 10_000 ? 2 : FillSeconds);
            var reached = await gateway.CallsAsync();
            List<WrkFigures> seen = [], bare = [];
            for (var round = 0; round < options.Rounds; round++)
            {
                bare.Add(await Wrk.RunAsync(servers.Forwarder + Model.AtOnce.Path + Model.Route, bodies, Connections, options.Seconds));
                seen.Add(await Wrk.RunAsync(gateway.Url + Model.Route, bodies, Connections, options.Seconds));
            }
            var ratio = Figures.Median(seen.Zip(bare, (one, other) => one.PerSecond / other.PerSecond));
            ratios.Add(ratio);
            rows.Add([((double)reached).Whole(), Figures.Median(seen.Select(f => f.PerSecond)).Whole(), ratio.Share(), Figures.Median(seen.Select(f => f.P50)).Ms(), Figures.Median(seen.Select(f => f.P99)).Ms()]);
        }
        report.Table($"A store that grows, {Connections} connections", ["stored interactions", "requests a second", "gateway / forwarder", "p50, ms", "p99, ms"], rows);
        report.Goal($"speed with {rows[^1][0]} stored, of that with {rows[0][0]}", "≥ 0.9", ratios[^1] / ratios[0], ratios[^1] / ratios[0] >= 0.9);
    }
}
