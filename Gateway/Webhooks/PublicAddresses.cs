using System.Net;
using System.Net.Sockets;

namespace Gateway.Webhooks;

/// <summary>
/// Connects only to addresses of the public internet. The name is resolved here and the connection made to the very address
/// that was checked, so a name that changes its mind in between gains nothing.
/// </summary>
internal static class PublicAddresses
{
    public static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        var addresses = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, ct);
        if (addresses.Length == 0 || !Array.TrueForAll(addresses, IsPublic))
            throw new HttpRequestException($"'{context.DnsEndPoint.Host}' is not on the public internet; Webhooks:AllowPrivate would allow it.");

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Not loopback, private, shared, link-local, multicast, unspecified or reserved (RFC 6890 and its registries).</summary>
    public static bool IsPublic(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        if (IPAddress.IsLoopback(address)) return false;
        var bytes = address.GetAddressBytes();
        return address.AddressFamily switch
        {
            AddressFamily.InterNetwork => (bytes[0], bytes[1]) switch
            {
                (0 or 10 or 127, _) or (>= 224, _) => false,
                (100, >= 64 and <= 127) or (169, 254) or (172, >= 16 and <= 31) or (192, 168) or (198, 18 or 19) => false,
                (192, 0) => bytes[2] is not (0 or 2),
                (198, 51) => bytes[2] != 100,
                (203, 0) => bytes[2] != 113,
                _ => true,
            },
            // Only global unicast, without the ranges that embed an IPv4 address (6to4, Teredo) or are for documentation.
            AddressFamily.InterNetworkV6 => (bytes[0] & 0xE0) == 0x20
                && !(bytes[0] == 0x20 && bytes[1] == 0x02)
                && !(bytes[0] == 0x20 && bytes[1] == 0x01 && bytes[2] == 0 && bytes[3] == 0)
                && !(bytes[0] == 0x20 && bytes[1] == 0x01 && bytes[2] == 0x0D && bytes[3] == 0xB8),
            _ => false,
        };
    }
}
