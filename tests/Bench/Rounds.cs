using System.Globalization;

namespace Bench;

/// <param name="Size">Of the prompt's body, in bytes.</param>
internal sealed record Load(Model Model, int Size, int Connections)
{
    public bool Streams => Model == Model.Burst || Model == Model.Paced;

    public string Name => $"{Size / 1024} kB, {Connections} connection{(Connections == 1 ? "" : "s")}, {(Streams ? "SSE" : "JSON")}{(Model == Model.Slow ? ", 50 ms" : "")}";
}

/// <summary>The same load at all three targets in turn, round by round: what else the machine does meanwhile, it does to all of them.</summary>
internal sealed class Rounds(Servers servers, GatewayUnderTest gateway, BenchOptions options, string folder, Report report)
{
    private static readonly Load Alone = new(Model.AtOnce, 1024, 1);
    private static readonly Load Many = new(Model.AtOnce, 1024, 32);

    private static IEnumerable<Load> Quick =>
        [Alone, Many, new(Model.AtOnce, 16 * 1024, 32), new(Model.Burst, 1024, 32)];

    private static IEnumerable<Load> Full =>
        from model in new[] { Model.AtOnce, Model.Slow, Model.Burst }
        from size in new[] { 1024, 16 * 1024, 256 * 1024 }
        from connections in new[] { 1, 32, 256 }
        where model == Model.AtOnce || size == 1024
        select new Load(model, size, connections);

    private readonly List<string[]> speeds = [];
    private readonly List<string[]> times = [];

    public async Task RunAsync()
    {
        var before = await gateway.AnsweredAsync();
        var (answered, cut) = await WarmUpAsync();
        foreach (var load in options.Full ? Full : Quick)
        {
            Console.WriteLine($"{load.Name} …");
            var (requests, runs) = await MeasureAsync(load);
            answered += requests;
            cut += runs * load.Connections;
        }
        report.Table("Throughput, requests a second", ["load", "direct", "forwarder", "gateway", "gateway / forwarder", "spread of rounds"], speeds,
            "Medians of rounds that took turns. The spread is that of the ratio: (highest − lowest) / median.");
        report.Table("Added time, gateway − forwarder, ms", ["load", "forwarder p50", "added p50", "added p90", "added p99", "added p99.9"], times);

        var recorded = await gateway.AnsweredAsync() - before;
        if (recorded < answered || recorded > answered + cut)
            throw new InvalidOperationException($"The gateway answered {answered} calls (and up to {cut} more when wrk hung up), and the trail holds {recorded}.");
        report.Table("Answers and entries", ["answered", "in the trail", "cut off when a round ended, at most"], [[((double)answered).Whole(), ((double)recorded).Whole(), ((double)cut).Whole()]]);
    }

    /// <summary>The compiler comes back to a method several times: what is measured is not its work.</summary>
    private async Task<(long Answered, long Cut)> WarmUpAsync()
    {
        var bodies = Wrk.Bodies(folder, Many.Model, Many.Size, stream: false);
        var answered = 0L; // by the last target, which is the gateway
        foreach (var target in Target.All(servers, gateway)) answered = (await Wrk.RunAsync(target.UrlOf(Many.Model), bodies, Many.Connections, target.Name == "gateway" ? 4 * options.Seconds : 1)).Requests;
        return (answered, Many.Connections);
    }

    /// <returns>What the gateway answered, and in how many runs.</returns>
    private async Task<(long Requests, int Runs)> MeasureAsync(Load load)
    {
        var bodies = Wrk.Bodies(folder, load.Model, load.Size, load.Streams);
        var targets = Target.All(servers, gateway);
        var seen = targets.ToDictionary(target => target.Name, _ => new List<WrkFigures>());
        var (requests, runs) = (0L, 0);
        for (var round = 0; round <= options.Rounds; round++)
        {
            foreach (var target in targets.Skip(round % targets.Count).Concat(targets.Take(round % targets.Count)))
            {
                var figures = await Wrk.RunAsync(target.UrlOf(load.Model), bodies, load.Connections, round == 0 ? 1 : options.Seconds);
                if (target.Name == "gateway") (requests, runs) = (requests + figures.Requests, runs + 1);
                if (round > 0) seen[target.Name].Add(figures); // the first is for warming up
            }
        }
        Note(load, seen);
        return (requests, runs);
    }

    private void Note(Load load, Dictionary<string, List<WrkFigures>> seen)
    {
        var ratios = seen["gateway"].Zip(seen["forwarder"], (gateway, forwarder) => gateway.PerSecond / forwarder.PerSecond).ToList();
        var ratio = Figures.Median(ratios);
        speeds.Add([load.Name, Speed("direct"), Speed("forwarder"), Speed("gateway"), ratio.Share(), Figures.Spread(ratios).Percent()]);
        double Added(Func<WrkFigures, double> which) => Figures.Median(seen["gateway"].Zip(seen["forwarder"], (gateway, forwarder) => which(gateway) - which(forwarder)));
        times.Add([load.Name, Figures.Median(seen["forwarder"].Select(f => f.P50)).Ms(), Added(f => f.P50).Ms(), Added(f => f.P90).Ms(), Added(f => f.P99).Ms(), Added(f => f.P999).Ms()]);

        report.Ratio($"throughput: {load.Name}", ratio);
        report.Ratio($"p50: {load.Name}", Figures.Median(seen["forwarder"].Zip(seen["gateway"], (forwarder, gateway) => forwarder.P50 / gateway.P50)));
        if (load == Many) report.Goal("throughput at 32 connections, of the bare forwarder's", "≥ 0.40", ratio, ratio >= 0.40);
        if (load == Alone)
        {
            report.Goal("added p50 at 1 connection", "≤ 0.25 ms", Added(f => f.P50), Added(f => f.P50) <= 0.25, " ms");
            report.Goal("added p99 at 1 connection", "≤ 2 ms", Added(f => f.P99), Added(f => f.P99) <= 2, " ms");
        }

        string Speed(string target) => Figures.Median(seen[target].Select(f => f.PerSecond)).Whole();
    }
}
