using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Contracts;
using WholePath.Support;

namespace WholePath.Matrix;

/// <summary>A process that holds vendors' clients: calls go in as JSON lines, replies come out as they are ready.</summary>
internal sealed class ClientProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly ConcurrentDictionary<string, TaskCompletionSource<ClientReply>> open = new();
    private readonly ConcurrentQueue<string> complaints = new();
    private readonly SemaphoreSlim oneLine = new(1);

    private ClientProcess(ProcessStartInfo start)
    {
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        process = new Process { StartInfo = start, EnableRaisingEvents = true };
        process.OutputDataReceived += (_, line) => Take(line.Data);
        process.ErrorDataReceived += (_, line) => { if (line.Data is not null) complaints.Enqueue(line.Data); };
        process.Exited += (_, _) => Abandon();
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public static ClientProcess TypeScript()
    {
        var folder = Path.Combine(Product.Metadata("Root"), "tests", "WholePath", "Matrix", "Node");
        if (!Directory.Exists(Path.Combine(folder, "node_modules")))
            throw new InvalidOperationException($"The TypeScript clients are not installed. tests/run.sh does it; by hand: npm ci --prefix {folder}");
        return new ClientProcess(new ProcessStartInfo("node", [Path.Combine(folder, "clients.mjs")]));
    }

    /// <summary>This test assembly again, started as a client.</summary>
    public static ClientProcess DotNet() => new(new ProcessStartInfo("dotnet", [typeof(ClientProcess).Assembly.Location, Program.AsClients]));

    /// <summary>The reply, or an exception when the process ends before it has one.</summary>
    public async Task<ClientReply> CallAsync(ClientCall call)
    {
        var reply = new TaskCompletionSource<ClientReply>(TaskCreationOptions.RunContinuationsAsynchronously);
        open[call.Id] = reply;
        await oneLine.WaitAsync();
        try
        {
            await process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(call, JsonWire.Options));
            await process.StandardInput.FlushAsync();
        }
        finally
        {
            oneLine.Release();
        }
        return await reply.Task;
    }

    /// <summary>No chance to say good-bye to anybody.</summary>
    public async Task KillAsync()
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited) await KillAsync();
        process.Dispose();
        oneLine.Dispose();
    }

    private void Take(string? line)
    {
        if (line is null) return;
        var reply = JsonSerializer.Deserialize<ClientReply>(line, JsonWire.Options)!; // our own process wrote it
        if (open.TryRemove(reply.Id, out var waiting)) waiting.TrySetResult(reply);
    }

    private void Abandon()
    {
        foreach (var waiting in open.Values) waiting.TrySetException(new ClientEndedException(string.Join('\n', complaints)));
    }
}

internal sealed class ClientEndedException(string complaints) : Exception($"The client's process ended without a reply. {complaints}");
