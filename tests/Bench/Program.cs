using System.Globalization;
using Bench;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
return args switch
{
    ["upstream", var url] => await MockUpstream.RunAsync(url),
    ["forwarder", var url, var to] => await BareForwarder.RunAsync(url, to),
    ["run", .. var options] => await Conductor.RunAsync(BenchOptions.Read(options)),
    _ => Usage(),
};

static int Usage()
{
    Console.WriteLine("tests/bench.sh [quick|full|micro] measures; see docs/speed.md");
    return 2;
}
