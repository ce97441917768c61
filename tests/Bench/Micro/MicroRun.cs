using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using Perfolizer.Horology;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace Bench.Micro;

internal static class MicroRun
{
    /// <param name="options">Those of BenchmarkDotNet, such as <c>--filter *Scan*</c>; <c>--long</c> before them takes its own number of rounds.</param>
    public static int Run(string[] options)
    {
        var thorough = options is ["--long", ..];
        // In this process: a project made up on the way would have neither our pins nor our lock file.
        var job = (thorough ? Job.Default : Job.ShortRun.WithIterationTime(TimeInterval.FromMilliseconds(100)).WithEvaluateOverhead(false)).WithToolchain(InProcessEmitToolchain.Instance);
        var config = DefaultConfig.Instance.AddJob(job).HideColumns(Column.Error, Column.RatioSD)
            .WithArtifactsPath(Path.Combine(Servers.Metadata("Root"), "tests/Bench/results/micro"));
        var summaries = BenchmarkSwitcher.FromTypes([typeof(PathBenchmarks), typeof(RecordBenchmarks)]).Run(thorough ? options[1..] : options.Length == 0 ? ["--filter", "*"] : options, config);
        return summaries.Any(summary => summary.HasCriticalValidationErrors || summary.Reports.Any(report => !report.Success)) ? 1 : 0;
    }
}
