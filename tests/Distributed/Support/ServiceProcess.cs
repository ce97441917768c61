using System.Diagnostics;
using System.Net;
using Tests.Servers;

namespace Distributed.Support;

/// <summary>One instance of one service, started from its own project's build, always on the same port.</summary>
/// <param name="ownUrls">Where it listens stands in the settings.</param>
internal sealed class ServiceProcess(string project, IReadOnlyDictionary<string, string> settings, Uri? url = null, bool ownUrls = false) : IAsyncDisposable
{
    private static readonly TimeSpan StartsWithin = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan StopsWithin = TimeSpan.FromSeconds(40);
    private static readonly HttpClient Probe = new() { Timeout = TimeSpan.FromSeconds(5) };
    private LocalServer? process;

    public Uri Url { get; } = url ?? NewUrl();

    public string Project => project;

    /// <summary>The kernel's number of it, while it runs.</summary>
    public int Id => process!.Id;

    /// <summary>Every line of every start.</summary>
    public List<string> Log { get; } = [];

    public static Uri NewUrl() => new($"http://127.0.0.1:{LocalServer.FreePort()}");

    /// <summary>Starts it and waits until it is ready, or at least alive where <paramref name="ready"/> is not asked for.</summary>
    public async Task StartAsync(bool ready = true)
    {
        process = LocalServer.Start(ownUrls ? Command() : Command("--urls", Url.ToString()));
        await process.UntilAsync(() => AnswersAsync(ready ? "/health/ready" : "/health/live"), project, StartsWithin);
    }

    /// <summary>Runs it with a command that ends by itself.</summary>
    public async Task<(int ExitCode, string Output)> RunAsync(params string[] arguments)
    {
        using var run = Process.Start(Command(arguments))!; // it is a program: something is started
        var output = run.StandardOutput.ReadToEndAsync();
        var error = run.StandardError.ReadToEndAsync();
        await run.WaitForExitAsync().WaitAsync(StartsWithin);
        return (run.ExitCode, await output + await error);
    }

    public async Task KillAsync()
    {
        if (process is null) return;
        Log.AddRange(process.Log);
        await process.DisposeAsync();
        process = null;
    }

    public async Task StopAsync()
    {
        if (process is null) return;
        await process.TerminateAsync(StopsWithin);
        await KillAsync();
    }

    public async Task<bool> AnswersAsync(string path)
    {
        try
        {
            using var answer = await Probe.GetAsync(new Uri(Url, path));
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (Exception fault) when (fault is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync() => await KillAsync();

    private ProcessStartInfo Command(params string[] arguments)
    {
        var folder = Path.Combine(Cluster.Root, project);
        var start = new ProcessStartInfo("dotnet", [Path.Combine(folder, Cluster.Metadata("Build"), $"{project}.dll"), .. arguments])
        {
            WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment["DOTNET_gcServer"] = "0";
        foreach (var (name, value) in settings) start.Environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        return start;
    }
}
