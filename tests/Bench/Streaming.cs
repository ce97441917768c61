using System.Text;

namespace Bench;

/// <summary>Answers that come a word every 10 ms: how much later the first is there, and each of the others; then the same beside large prompts.</summary>
internal sealed class Streaming(Servers servers, GatewayUnderTest gateway, BenchOptions options, Report report)
{
    private const int AtOnce = 8;
    private const int InTurn = 25;
    private const int Small = 1024, Large = 256 * 1024;

    private readonly HttpClient client = StreamClient.New();

    public async Task RunAsync()
    {
        await OneByOneAsync();
        await ComparedAsync();
        await BesideLargeAsync();
        client.Dispose();
    }

    /// <summary>One caller, whose next stream begins when the last has ended.</summary>
    private async Task OneByOneAsync()
    {
        var targets = Target.All(servers, gateway);
        var seen = targets.ToDictionary(target => target.Name, _ => new List<double>());
        var number = 0;
        for (var round = 0; round <= (options.Full ? 20 : 8); round++)
        {
            foreach (var target in targets)
            {
                for (var i = 0; i < InTurn; i++)
                {
                    var times = await StreamClient.ReadAsync(client, target.UrlOf(Model.Burst), Prompts.Chat(Model.Burst.Name, Small, number++, stream: true));
                    if (round > 0) seen[target.Name].Add(times.FirstEvent); // the first is for warming up
                }
            }
        }

        report.Table("Streamed answers, one after the other, ms", ["", "direct", "forwarder", "gateway", "added"], [Row(50), Row(90), Row(99)]);
        report.Goal("added time to first token, p50", "≤ 1 ms", Added(50), Added(50) <= 1, " ms");
        report.Ratio("first event p50, one after the other", Of("forwarder", 50) / Of("gateway", 50));

        double Of(string target, double percent) => Figures.Percentile(seen[target], percent);
        double Added(double percent) => Of("gateway", percent) - Of("forwarder", percent);
        string[] Row(double percent) => [string.Create(System.Globalization.CultureInfo.InvariantCulture, $"first event p{percent}"), .. targets.Select(target => Of(target.Name, percent).Ms()), Added(percent).Ms()];
    }

    private async Task ComparedAsync()
    {
        var targets = Target.All(servers, gateway);
        var seen = targets.ToDictionary(target => target.Name, _ => new List<StreamTimes>());
        for (var round = 0; round <= (options.Full ? 20 : 4); round++)
        {
            foreach (var target in targets)
            {
                var times = await StreamsAsync(target, round);
                if (round > 0) seen[target.Name].AddRange(times); // the first is for warming up
            }
        }

        report.Table($"Streamed answers, {AtOnce} at once, a word every 10 ms, ms", ["", "direct", "forwarder", "gateway", "added"],
        [
            Row("first event p50", t => [t.FirstEvent], 50), Row("first event p99", t => [t.FirstEvent], 99),
            Row("first word p50", t => [t.FirstWord], 50), Row("first word p99", t => [t.FirstWord], 99),
            Row("each event p50", t => t.Events, 50), Row("each event p99", t => t.Events, 99),
            Row("each word p50", t => t.Words, 50), Row("each word p99", t => t.Words, 99),
        ], "An event is what the model sent as one; masking holds its word until the next one shows where it ends, so a word is later by the model's own pause.");
        var added = Of("gateway", t => [t.FirstEvent], 50) - Of("forwarder", t => [t.FirstEvent], 50);
        report.Goal($"added time to first token, p50, of {AtOnce} asked for at the same moment", "≤ 1 ms", added, added <= 1, " ms");
        report.Ratio("first event p50", Of("forwarder", t => [t.FirstEvent], 50) / Of("gateway", t => [t.FirstEvent], 50));

        double Of(string target, Func<StreamTimes, IReadOnlyList<double>> which, double percent) => Figures.Percentile([.. seen[target].SelectMany(which)], percent);
        string[] Row(string name, Func<StreamTimes, IReadOnlyList<double>> which, double percent) =>
            [name, .. targets.Select(target => Of(target.Name, which, percent).Ms()), (Of("gateway", which, percent) - Of("forwarder", which, percent)).Ms()];
    }

    /// <summary>One caller sends 256 kB again and again: what do the small streams feel of it?</summary>
    private async Task BesideLargeAsync()
    {
        var rows = new List<string[]>();
        foreach (var target in Target.All(servers, gateway).Skip(1))
        {
            var alone = await ManyAsync(target);
            using var enough = new CancellationTokenSource();
            var large = LargeAsync(target, enough.Token);
            var beside = await ManyAsync(target);
            await enough.CancelAsync();
            var sent = await large;
            rows.Add([target.Name, Figures.Percentile(alone, 50).Ms(), Figures.Percentile(alone, 99).Ms(), Figures.Percentile(beside, 50).Ms(), Figures.Percentile(beside, 99).Ms(), sent.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        }
        report.Table($"Head of line: each event of {AtOnce} small streams beside one caller of 256 kB, ms", ["", "alone p50", "alone p99", "beside p50", "beside p99", "large prompts sent"], rows);
    }

    private async Task<List<double>> ManyAsync(Target target)
    {
        var all = new List<double>();
        for (var round = 0; round < (options.Full ? 10 : 3); round++) all.AddRange((await StreamsAsync(target, round)).SelectMany(times => times.Events));
        return all;
    }

    private async Task<int> LargeAsync(Target target, CancellationToken ct)
    {
        var sent = 0;
        for (; !ct.IsCancellationRequested; sent++)
        {
            using var content = new StringContent(Prompts.Chat(Model.AtOnce.Name, Large, sent % 8), Encoding.UTF8, "application/json");
            using var answer = await client.PostAsync(target.UrlOf(Model.AtOnce), content, CancellationToken.None);
            answer.EnsureSuccessStatusCode();
        }
        return sent;
    }

    private Task<StreamTimes[]> StreamsAsync(Target target, int round) => Task.WhenAll(Enumerable.Range(0, AtOnce)
        .Select(number => StreamClient.ReadAsync(client, target.UrlOf(Model.Paced), Prompts.Chat(Model.Paced.Name, Small, (round * AtOnce) + number, stream: true))));
}
