using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Gateway.Outlets.Kinds;

/// <summary>
/// Sends to a syslog server: over TCP (RFC 6587, lengths before messages), over TLS (RFC 5425), or as datagrams (RFC 5426).
/// </summary>
/// <remarks>
/// Syslog has no acknowledgement, and bytes that the network took are not bytes that somebody read. So each batch has a connection
/// of its own, which is ended from this side; the server ends its side when it has read to the end, and only then is the batch
/// accepted. A server that goes away earlier resets the connection or leaves it open, and gets the batch again.
/// </remarks>
internal sealed class SyslogOutlet(OutletOptions options) : IOutlet
{
    /// <summary>What fits one datagram of IPv4 or IPv6 with some room.</summary>
    private const int LargestDatagram = 65_000;

    private readonly X509Certificate2Collection? authorities = options.AuthorityFile is null ? null : OutletRules.Authorities(options.AuthorityFile);
    private readonly SyslogMessages messages = new(options.Facility);

    public string Name => options.Name;

    public Task SendAsync(OutletBatch batch, CancellationToken ct) => options.TransportOf == SyslogTransport.Udp ? SendDatagramsAsync(batch, ct) : SendFramesAsync(batch, ct);

    private async Task SendFramesAsync(OutletBatch batch, CancellationToken ct)
    {
        using var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync(options.Host!, options.PortOf, ct); // the rules ask for a host
        if (options.TransportOf == SyslogTransport.Tcp)
        {
            await using var plain = client.GetStream();
            await WriteAsync(plain, batch, ct);
            client.Client.Shutdown(SocketShutdown.Send);
            await ReadToEndAsync(plain, ct);
            return;
        }
        await using var secure = new SslStream(client.GetStream());
        await secure.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = options.Host, CertificateChainPolicy = Trusting() }, ct);
        await WriteAsync(secure, batch, ct);
        await secure.ShutdownAsync().WaitAsync(ct);
        await ReadToEndAsync(secure, ct);
    }

    private async Task WriteAsync(Stream stream, OutletBatch batch, CancellationToken ct)
    {
        using var frames = new MemoryStream();
        foreach (var item in batch.Items)
        {
            var message = messages.Of(item, item.Json);
            frames.Write(Encoding.ASCII.GetBytes(message.Length.ToString(CultureInfo.InvariantCulture)));
            frames.WriteByte((byte)' ');
            frames.Write(message);
        }
        await stream.WriteAsync(frames.GetBuffer().AsMemory(0, (int)frames.Length), ct);
        await stream.FlushAsync(ct);
    }

    /// <summary>A syslog server has nothing to say; its end is what is waited for.</summary>
    private static async Task ReadToEndAsync(Stream stream, CancellationToken ct)
    {
        var ignored = new byte[256];
        while (await stream.ReadAsync(ignored, ct) > 0)
        {
            // Whatever it is, it means nothing.
        }
    }

    private async Task SendDatagramsAsync(OutletBatch batch, CancellationToken ct)
    {
        using var socket = new Socket(SocketType.Dgram, ProtocolType.Udp);
        await socket.ConnectAsync(options.Host!, options.PortOf, ct); // the rules ask for a host
        foreach (var item in batch.Items)
        {
            var message = messages.Of(item, item.Json);
            if (message.Length > LargestDatagram) message = messages.Of(item, OutletLine.OfTooLarge(item));
            await socket.SendAsync(message, ct);
        }
    }

    private X509ChainPolicy? Trusting()
    {
        if (authorities is null) return null; // those of the machine
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(authorities);
        return policy;
    }
}
