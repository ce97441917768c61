using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Bench;

/// <summary>What wrk saw; times in milliseconds.</summary>
internal sealed record WrkFigures(long Requests, double Seconds, long Failed, long Refused, double P50, double P90, double P99, double P999)
{
    public double PerSecond => Requests / Seconds;
}

internal static class Wrk
{
    private static readonly JsonSerializerOptions Wire = new(JsonSerializerDefaults.Web);

    /// <exception cref="InvalidOperationException">Something was not answered with 2xx: what was measured is not what was meant.</exception>
    public static async Task<WrkFigures> RunAsync(string url, string bodies, int connections, int seconds)
    {
        var result = Path.GetTempFileName();
        try
        {
            using var run = Process.Start(new ProcessStartInfo("wrk",
                ["-t1", $"-c{connections}", $"-d{seconds}s", "--timeout", "30s", "-s", Path.Combine(Servers.Metadata("Root"), "tests/Bench/wrk/post.lua"), url, "--", bodies, GatewayUnderTest.CallerKey])
            {
                RedirectStandardOutput = true, RedirectStandardError = true, Environment = { ["BENCH_OUT"] = result },
            })!; // a program: something is started
            var said = run.StandardOutput.ReadToEndAsync();
            var error = await run.StandardError.ReadToEndAsync();
            await run.WaitForExitAsync();
            if (run.ExitCode != 0) throw new InvalidOperationException($"wrk ended with {run.ExitCode}: {await said}{error}");
            var figures = JsonSerializer.Deserialize<WrkFigures>(await File.ReadAllTextAsync(result), Wire)!; // the script writes an object
            if (figures.Refused > 0 || figures.Failed > 0 || figures.Requests == 0)
                throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"{url}: of {figures.Requests} requests {figures.Refused} were refused and {figures.Failed} failed."));
            return figures;
        }
        finally
        {
            File.Delete(result);
        }
    }

    /// <summary>A file with bodies of this size, one a line.</summary>
    public static string Bodies(string folder, Model model, int size, bool stream)
    {
        var file = Path.Combine(folder, $"{model.Name}-{size.ToString(CultureInfo.InvariantCulture)}.txt");
        if (!File.Exists(file)) File.WriteAllLines(file, Enumerable.Range(0, size > 100_000 ? 8 : 64).Select(number => Prompts.Chat(model.Name, size, number, stream)));
        return file;
    }
}
