using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.RegularExpressions;

namespace Gateway.Tests.Outlets;

/// <summary>A message of RFC 5424, taken apart.</summary>
internal sealed record SyslogMessage(int Priority, DateTimeOffset At, string Host, string App, string Process, string Id, IReadOnlyDictionary<string, string> Data, string Text);

/// <summary>What a connection meets.</summary>
internal enum Manner
{
    ReadsToTheEnd,
    ResetsAtOnce,
    NeverEnds,
}

/// <summary>A syslog server on a real socket of this machine.</summary>
internal sealed partial class SyslogServer : IAsyncDisposable
{
    private readonly TcpListener listener;
    private readonly X509Certificate2? certificate;
    private readonly CancellationTokenSource closing = new();
    private readonly ConcurrentQueue<byte[]> messages = new();
    private Task accepting = Task.CompletedTask;

    public SyslogServer(int port = 0, X509Certificate2? certificate = null)
    {
        this.certificate = certificate;
        listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;
    public Manner Manner { get; set; } = Manner.ReadsToTheEnd;
    public int Connections { get; private set; }
    public IReadOnlyList<byte[]> Raw => [.. messages];
    public IReadOnlyList<SyslogMessage> Messages => [.. messages.Select(Parse)];

    /// <summary>A port on which nothing listens.</summary>
    public static async Task<int> FreePortAsync()
    {
        await using var server = new SyslogServer();
        return server.Port;
    }

    public static SyslogMessage Parse(byte[] message)
    {
        var text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(message);
        var parts = Rfc5424().Match(text);
        Assert.True(parts.Success, text);
        Assert.Equal("trail@32473", parts.Groups["sd"].Value);
        var data = Parameter().Matches(parts.Groups["params"].Value).ToDictionary(p => p.Groups["name"].Value, p => Regex.Unescape(p.Groups["value"].Value));
        return new SyslogMessage(int.Parse(parts.Groups["pri"].Value, CultureInfo.InvariantCulture), DateTimeOffset.Parse(parts.Groups["at"].Value, CultureInfo.InvariantCulture),
            parts.Groups["host"].Value, parts.Groups["app"].Value, parts.Groups["proc"].Value, parts.Groups["id"].Value, data, parts.Groups["msg"].Value);
    }

    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        listener.Stop();
        await accepting;
        closing.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync(closing.Token);
                Connections++;
                await HearAsync(client);
            }
        }
        catch (Exception closed) when (closed is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // Told to.
        }
    }

    private async Task HearAsync(TcpClient client)
    {
        if (Manner == Manner.ResetsAtOnce)
        {
            client.Client.Close(timeout: 0); // with nothing before the reset: to be disposed of by its client, it would end its side first, as one that has read all
            return;
        }
        try
        {
            await using var stream = certificate is null ? (Stream)client.GetStream() : new SslStream(client.GetStream());
            if (stream is SslStream secure) await secure.AuthenticateAsServerAsync(certificate!);
            using var heard = new MemoryStream();
            await stream.CopyToAsync(heard, closing.Token);
            if (Manner == Manner.NeverEnds)
            {
                // The other side gives up and closes; nothing tells this one but that its own end cannot be sent.
                while (Manner == Manner.NeverEnds && !closing.IsCancellationRequested) await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, closing.Token);
                return;
            }
            foreach (var frame in Frames(heard.ToArray())) messages.Enqueue(frame);
        }
        catch (Exception broken) when (broken is IOException or SocketException or System.Security.Authentication.AuthenticationException)
        {
            // The next connection is another try.
        }
    }

    /// <summary>RFC 6587, 3.4.1: a length in digits, a space, and that many bytes.</summary>
    private static List<byte[]> Frames(byte[] heard)
    {
        var frames = new List<byte[]>();
        for (var at = 0; at < heard.Length;)
        {
            var space = Array.IndexOf(heard, (byte)' ', at);
            var length = int.Parse(Encoding.ASCII.GetString(heard, at, space - at), NumberStyles.None, CultureInfo.InvariantCulture);
            frames.Add(heard[(space + 1)..(space + 1 + length)]);
            at = space + 1 + length;
        }
        return frames;
    }

    [GeneratedRegex("""^<(?<pri>\d{1,3})>1 (?<at>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z) (?<host>[!-~]{1,255}) (?<app>[!-~]{1,48}) (?<proc>[!-~]{1,128}) (?<id>[!-~]{1,32}) \[(?<sd>[^\s=\]"]{1,32})(?<params>(?: [^\s=\]"]{1,32}="(?:[^"\\\]]|\\["\\\]])*")*)\] \uFEFF(?<msg>.*)$""", RegexOptions.Singleline)]
    private static partial Regex Rfc5424();

    [GeneratedRegex("""(?<name>[^\s=\]"]+)="(?<value>(?:[^"\\\]]|\\["\\\]])*)\x22""")]
    private static partial Regex Parameter();
}
