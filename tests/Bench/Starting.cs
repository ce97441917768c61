namespace Bench;

/// <summary>From the start of the process to ready, on a new data folder and on one that is there; and what an idle gateway holds.</summary>
internal sealed class Starting(Servers servers, BenchOptions options, Report report)
{
    private static readonly TimeSpan Settles = TimeSpan.FromSeconds(5);

    public async Task RunAsync()
    {
        List<double> fresh = [], again = [];
        var idle = 0L;
        for (var round = 0; round < (options.Full ? 5 : 1); round++)
        {
            var folder = Directory.CreateTempSubdirectory("approvals-bench-").FullName;
            await using (var gateway = await GatewayUnderTest.StartAsync(servers, folder: folder)) fresh.Add(gateway.ReadyIn.TotalSeconds);
            await using (var gateway = await GatewayUnderTest.StartAsync(servers, folder: folder))
            {
                again.Add(gateway.ReadyIn.TotalSeconds);
                if (round == 0)
                {
                    await Task.Delay(Settles, TimeProvider.System);
                    idle = await gateway.ResidentAsync();
                }
            }
            Directory.Delete(folder, recursive: true);
        }
        report.Table("Start-up and rest", ["", "median", "longest"],
        [
            ["ready on a new data folder, s", Figures.Median(fresh).Ms(), fresh.Max().Ms()],
            ["ready on one that is there, s", Figures.Median(again).Ms(), again.Max().Ms()],
            ["resident memory, idle", idle.Megabytes(), ""],
        ]);
        report.Goal("ready", "≤ 2 s", Figures.Median(again), Figures.Median(again) <= 2, " s");
    }
}
