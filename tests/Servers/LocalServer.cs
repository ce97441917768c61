using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Tests.Servers;

/// <summary>A real server as a child process of the tests: its output is kept, it can be killed like any process, and it never outlives them.</summary>
public sealed class LocalServer : IAsyncDisposable
{
    private const int LinesKept = 2_000;
    private readonly ConcurrentQueue<string> log = new();
    private readonly Process process;

    private LocalServer(Process process) => this.process = process;

    public int Id => process.Id;
    public bool HasExited => process.HasExited;
    public int ExitCode => process.ExitCode;

    /// <summary>The last lines it wrote, for telling why it did not come up.</summary>
    public IReadOnlyCollection<string> Log => log;

    public static LocalServer Start(ProcessStartInfo command)
    {
        command.RedirectStandardOutput = command.RedirectStandardError = true;
        var server = new LocalServer(new Process { StartInfo = command });
        server.process.OutputDataReceived += (_, line) => server.Keep(line.Data);
        server.process.ErrorDataReceived += (_, line) => server.Keep(line.Data);
        server.process.Start();
        server.process.BeginOutputReadLine();
        server.process.BeginErrorReadLine();
        return server;
    }

    /// <summary>As an operating system does it that is out of memory: no chance to tidy up.</summary>
    public async Task KillAsync()
    {
        if (!process.HasExited) process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
    }

    /// <summary>As an orchestrator does it: the process may finish what it has begun.</summary>
    public async Task TerminateAsync(TimeSpan patience)
    {
        using (var kill = Process.Start("kill", ["-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)])) await kill.WaitForExitAsync();
        await process.WaitForExitAsync().WaitAsync(patience);
    }

    /// <summary>Waits until it answers; a server that has ended is told with its last words.</summary>
    public async Task UntilAsync(Func<Task<bool>> answers, string what, TimeSpan patience)
    {
        var started = Stopwatch.GetTimestamp();
        while (!await answers())
        {
            if (process.HasExited || Stopwatch.GetElapsedTime(started) > patience)
                throw new InvalidOperationException($"{what} did not come up ({(process.HasExited ? $"ended with {process.ExitCode}" : "no answer")}):\n{string.Join('\n', log.TakeLast(40))}");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        process.Dispose();
    }

    private void Keep(string? line)
    {
        if (line is null) return;
        log.Enqueue(line);
        if (log.Count > LinesKept) log.TryDequeue(out _);
    }
}
