using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Tests.Servers;

/// <summary>A RabbitMQ node of its own: everything it keeps is in one temporary folder, so that it can be killed and come back.</summary>
public sealed class RabbitBroker : IAsyncDisposable
{
    private const string Program = "/usr/lib/rabbitmq/bin/rabbitmq-server";
    private static readonly TimeSpan StartsWithin = TimeSpan.FromSeconds(120);

    private readonly string folder = Directory.CreateTempSubdirectory("approvals-rabbit-").FullName;
    private readonly int distribution = LocalServer.FreePort();
    private readonly int names = LocalServer.FreePort();
    private LocalServer? server;

    private RabbitBroker()
    {
    }

    public int Port { get; } = LocalServer.FreePort();

    public string Url => $"amqp://127.0.0.1:{Port.ToString(CultureInfo.InvariantCulture)}/";

    public static async Task<RabbitBroker> StartAsync()
    {
        var broker = new RabbitBroker();
        await broker.StartAgainAsync();
        return broker;
    }

    public async Task KillAsync()
    {
        if (server is not null) await server.DisposeAsync();
        server = null;
    }

    public async Task StartAgainAsync()
    {
        server = LocalServer.Start(Command());
        await server.UntilAsync(AnswersAsync, "RabbitMQ", StartsWithin);
    }

    /// <summary>Whether a queue of this name is there, replicated, and would not drop what comes back often: a declaration that differs is refused.</summary>
    public Task<bool> IsQuorumAsync(string queue, int deliveryLimit) => AskAsync(async channel =>
    {
        try
        {
            await channel.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false, new Dictionary<string, object?> { ["x-queue-type"] = "quorum", ["x-delivery-limit"] = deliveryLimit });
            return true;
        }
        catch (OperationInterruptedException)
        {
            return false;
        }
    });

    public Task<uint> MessagesInAsync(string queue) => AskAsync(channel => channel.MessageCountAsync(queue));

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        // The name server that the node started for itself is a daemon; it ends on request.
        var end = new ProcessStartInfo("epmd", ["-port", names.ToString(CultureInfo.InvariantCulture), "-kill"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        end.Environment["ERL_EPMD_RELAXED_COMMAND_CHECK"] = "1";
        using (var run = Process.Start(end)!) await run.WaitForExitAsync(); // epmd is a program: something is started
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>The greeting of AMQP 0-9-1: a broker that is up answers it with <c>connection.start</c>.</summary>
    private async Task<bool> AnswersAsync()
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", Port);
            var stream = client.GetStream();
            await stream.WriteAsync("AMQP\0\0\u0009\u0001"u8.ToArray());
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5));
            return await stream.ReadAsync(new byte[8], patience.Token) > 0;
        }
        catch (Exception fault) when (fault is SocketException or IOException or OperationCanceledException)
        {
            return false;
        }
    }

    private async Task<T> AskAsync<T>(Func<IChannel, Task<T>> question)
    {
        await using var connection = await new ConnectionFactory { Uri = new Uri(Url) }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        return await question(channel);
    }

    private ProcessStartInfo Command()
    {
        var start = new ProcessStartInfo(Program) { WorkingDirectory = folder };
        string File(string name, string? content = null)
        {
            var path = Path.Combine(folder, name);
            if (content is not null) System.IO.File.WriteAllText(path, content, new UTF8Encoding(false));
            return path;
        }
        string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
        foreach (var (name, value) in new[]
        {
            ("HOME", folder),
            ("RABBITMQ_NODENAME", $"approvals{Number(Port)}@localhost"),
            ("RABBITMQ_NODE_IP_ADDRESS", "127.0.0.1"),
            ("RABBITMQ_NODE_PORT", Number(Port)),
            ("RABBITMQ_DIST_PORT", Number(distribution)),
            ("ERL_EPMD_PORT", Number(names)),
            ("ERL_EPMD_ADDRESS", "127.0.0.1"),
            ("RABBITMQ_MNESIA_BASE", File("mnesia")),
            ("RABBITMQ_LOG_BASE", File("log")),
            ("RABBITMQ_CONFIG_FILE", File("rabbitmq.conf", "log.console = true\nlog.console.level = error\n")),
            ("RABBITMQ_ADVANCED_CONFIG_FILE", File("advanced.config", "[].")),
            ("RABBITMQ_CONF_ENV_FILE", File("rabbitmq-env.conf", "")),
            ("RABBITMQ_ENABLED_PLUGINS_FILE", File("enabled_plugins", "[].")),
            ("RABBITMQ_GENERATED_CONFIG_DIR", File("generated")),
            ("RABBITMQ_PID_FILE", File("pid")),
        }) start.Environment[name] = value;
        return start;
    }
}
