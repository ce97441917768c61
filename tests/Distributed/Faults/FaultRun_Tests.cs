using System.Diagnostics;
using System.Globalization;
using Distributed.Support;

namespace Distributed.Faults;

/// <summary>
/// Hundreds of prompts are parked, decided and answered while gateways, approvals and the broker are killed and restarted
/// at random. At the end every prompt has one decision and one execution, its caller has the answer, and the trail has it all.
/// <c>APPROVALS_FAULT_MINUTES</c> makes it longer than the two minutes of the ordinary run.
/// </summary>
public sealed class FaultRun_Tests
{
    private const int Fewest = 300;

    /// <summary>Fewer prove little; on a slow machine, where a restart takes its time, the run goes on a while longer for them.</summary>
    private const int FewestKills = 12;
    private static readonly TimeSpan Longer = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan BetweenPrompts = TimeSpan.FromMilliseconds(350);

    [Fact]
    public async Task Nothing_is_lost_nothing_is_done_twice_and_nothing_is_unrecorded_while_everything_is_killed_at_random()
    {
        var minutes = double.Parse(Environment.GetEnvironmentVariable("APPROVALS_FAULT_MINUTES") ?? "2", CultureInfo.InvariantCulture);
        await using var cluster = await Cluster.StartAsync(consoles: 0);
        var tokens = new[] { await cluster.Provider.SignInAsync("ada"), await cluster.Provider.SignInAsync("riley") };
        var seed = Environment.TickCount;
        using var calm = new CancellationTokenSource();

        await using var reviewers = new Reviewers(cluster, tokens);
        var chaos = new Chaos(cluster, seed);
        var killing = chaos.RunAsync(calm.Token);
        var callers = new List<Task<CallerStory>>();
        var started = Stopwatch.GetTimestamp();
        bool IsLongEnough(TimeSpan elapsed) => elapsed >= TimeSpan.FromMinutes(minutes) && callers.Count >= Fewest && (chaos.Kills >= FewestKills || elapsed >= TimeSpan.FromMinutes(minutes) + Longer);
        while (!IsLongEnough(Stopwatch.GetElapsedTime(started)))
        {
            callers.Add(new PatientCaller(cluster, callers.Count, seed).RunAsync());
            await Task.Delay(BetweenPrompts, TimeProvider.System);
        }
        await calm.CancelAsync();
        await killing;
        var stories = await Task.WhenAll(callers).WaitAsync(TimeSpan.FromMinutes(5));

        var verdict = await Ledger.CheckAsync(cluster, tokens[0], stories);
        var report = $"{stories.Length} prompts parked in {Stopwatch.GetElapsedTime(started).TotalSeconds:F0} s (seed {seed}); killed: {chaos}; "
            + $"released {verdict.Released}, rejected {verdict.Rejected}, retried executions {verdict.Retried}. "
            + $"lost {verdict.Lost.Count}, double {verdict.Double.Count}, unrecorded {verdict.Unrecorded.Count}";
        var (code, said) = await cluster.Gateways[0].RunAsync("audit", "verify");
        Figures.Write("fault-run.md", $"{report}\n{said}");
        Assert.True(verdict.IsClean, $"{report}\n{string.Join('\n', verdict.Lost.Concat(verdict.Double).Concat(verdict.Unrecorded).Take(40))}");
        Assert.True(code == 0, said);
        Assert.True(chaos.Kills >= FewestKills, $"Too quiet to prove anything: {report}");
    }
}
