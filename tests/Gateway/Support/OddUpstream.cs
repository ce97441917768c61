using System.Net;
using System.Net.Sockets;

namespace Gateway.Tests.Support;

/// <summary>Answers every request with these bytes, right or wrong, and closes; or, once <c>resetAfter</c> is done, resets the connection.</summary>
internal sealed class OddUpstream : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stopped = new();
    private Task serving = Task.CompletedTask;

    public string Address => $"http://{listener.LocalEndpoint}";

    /// <summary>Settings under which the model <c>odd</c> is served from here.</summary>
    public static Dictionary<string, string?> Settings(OddUpstream odd) => new()
    {
        ["Upstreams:4:Name"] = "odd", ["Upstreams:4:Kind"] = "openai", ["Upstreams:4:BaseUrl"] = odd.Address, ["Upstreams:4:Models:0"] = "odd",
    };

    public static Task<OddUpstream> StartAsync(byte[] response, Task? resetAfter = null)
    {
        var upstream = new OddUpstream();
        upstream.listener.Start();
        upstream.serving = upstream.ServeAsync(response, resetAfter);
        return Task.FromResult(upstream);
    }

    public async ValueTask DisposeAsync()
    {
        await stopped.CancelAsync();
        await serving;
        listener.Dispose();
        stopped.Dispose();
    }

    private async Task ServeAsync(byte[] response, Task? resetAfter)
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync(stopped.Token);
                var stream = client.GetStream();
                var buffer = new byte[65_536];
                var asked = await stream.ReadAsync(buffer, stopped.Token);
                if (asked == 0) continue;
                await stream.WriteAsync(response, stopped.Token);
                if (resetAfter is not null)
                {
                    await resetAfter.WaitAsync(stopped.Token);
                    client.Client.LingerState = new LingerOption(true, 0);
                    client.Client.Close(); // not the stream's Dispose, which would say goodbye first
                    continue;
                }
                client.Client.Shutdown(SocketShutdown.Send);
                while (await stream.ReadAsync(buffer, stopped.Token) > 0) { }
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }
}
