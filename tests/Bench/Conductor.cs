using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using Tests.Servers;

namespace Bench;

/// <summary>Starts what is measured, looks that it does its work, measures section by section and writes the table.</summary>
internal static class Conductor
{
    public static async Task<int> RunAsync(BenchOptions options)
    {
        var report = new Report();
        var (all, stolen) = Machine.Processor();
        report.Machine.Add($"{Machine.Line()}; {(options.Full ? "full" : "quick")} run on {(options.PostgreSql ? "PostgreSQL" : "SQLite")}, {TimeProvider.System.GetUtcNow():yyyy-MM-dd HH:mm} UTC.");
        report.Machine.Add($"4 kB are on disk in {Machine.DiskSync().Ms()} ms (median of 100).");
        var before = Machine.Load();
        var folder = Directory.CreateTempSubdirectory("approvals-bench-bodies-").FullName;
        await using var postgres = options.PostgreSql ? await PostgresServer.StartAsync() : null;
        await using var servers = await Servers.StartAsync();
        var broke = false;
        try
        {
            if (options.Wants("start")) await new Starting(servers, options, report).RunAsync();
            if (options.Wants("scan")) new ScanSpeed(options, report).Run();
            if (options.Wants("rounds") || options.Wants("streams") || options.Wants("overload"))
            {
                await using var gateway = await GatewayUnderTest.StartAsync(servers, postgres);
                await LookAsync(servers, gateway);
                if (options.Wants("rounds")) await new Rounds(servers, gateway, options, folder, report).RunAsync();
                if (options.Wants("streams")) await new Streaming(servers, gateway, options, report).RunAsync();
                if (options.Wants("overload")) await new Overload(gateway, options, folder, report).RunAsync();
            }
            if (options.Wants("parked"))
            {
                await using var gateway = await GatewayUnderTest.StartAsync(servers, postgres);
                await using var parked = new Parked(gateway, options, report);
                await parked.RunAsync();
            }
            if (options.Wants("growth") && (options.Full || options.Only.Count > 0))
            {
                await using var gateway = await GatewayUnderTest.StartAsync(servers, postgres);
                await new Growth(servers, gateway, options, folder, report).RunAsync();
            }
        }
        catch (InvalidOperationException fault)
        {
            // What was measured before it is worth its table.
            broke = true;
            report.Machine.Add($"**Broken off**: {fault.Message}");
            Console.Error.WriteLine($"Broken off: {fault.Message}");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        var (allNow, stolenNow) = Machine.Processor();
        report.Machine.Add($"Before: {before}. After: {Machine.Load()}. Stolen by other guests: {(100.0 * (stolenNow - stolen) / Math.Max(1, allNow - all)).ToString("0.0", CultureInfo.InvariantCulture)} % of the processors' time.");
        var holds = options.NewBaseline || Baseline.Check(report);
        if (options.NewBaseline && !broke) Baseline.Replace(report.Ratios);
        report.Write(Path.Combine(Servers.Metadata("Root"), "tests/Bench/results"));
        Console.WriteLine(report.Text());
        if (!holds) Console.Error.WriteLine("Slower than the baseline: see the last table.");
        return broke ? 2 : holds ? 0 : 1;
    }

    /// <summary>A gateway that refuses is fast: before anything is measured, one call goes through and must be all that a call has to be.</summary>
    private static async Task LookAsync(Servers servers, GatewayUnderTest gateway)
    {
        using var caller = gateway.Caller();
        using var content = new StringContent(Prompts.Chat(Model.Looked.Name, 1024, 0), Encoding.UTF8, "application/json");
        using var answer = await caller.PostAsync(Model.Route, content);
        var said = await answer.Content.ReadAsStringAsync();
        Require(answer.IsSuccessStatusCode && said.Contains(Prompts.Answer(40), StringComparison.Ordinal), $"the answer is the model's ({(int)answer.StatusCode}: {said})");

        using var upstream = new HttpClient();
        var seen = await upstream.GetStringAsync($"{servers.Upstream}/look");
        Require(seen.Contains("[EMAIL_1]", StringComparison.Ordinal) && !seen.Contains(Prompts.Address, StringComparison.Ordinal), $"the model sees the address masked, and nothing else ({seen})");
        Require(await gateway.AnsweredAsync() == 1, "the call is in the trail");
    }

    private static void Require(bool holds, string what)
    {
        if (!holds) throw new InvalidOperationException($"It does not hold that {what}: there is nothing to measure.");
    }
}
