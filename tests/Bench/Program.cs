using System.Globalization;
using Bench;
using Bench.Micro;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
try
{
    return await MeasureAsync(args);
}
catch (InvalidOperationException nothing) when (args is ["run", ..])
{
    Console.Error.WriteLine($"Nothing was measured. {nothing.Message}");
    return 2;
}

static async Task<int> MeasureAsync(string[] args) => args switch
{
    ["upstream", var url] => await MockUpstream.RunAsync(url),
    ["forwarder", var url, var to] => await BareForwarder.RunAsync(url, to),
    ["run", .. var options] => await Conductor.RunAsync(BenchOptions.Read(options)),
    ["micro", .. var options] => MicroRun.Run(options),
    _ => Usage(),
};

static int Usage()
{
    Console.WriteLine("tests/bench.sh [quick|full|micro] measures; see docs/speed.md");
    return 2;
}
