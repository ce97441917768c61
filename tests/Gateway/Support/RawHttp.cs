using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Gateway.Tests.Support;

/// <summary>Requests no HTTP client would send.</summary>
internal static class RawHttp
{
    /// <summary>A chunked body, so that its length is not known before its end; gives the whole response as text.</summary>
    public static async Task<string> PostChunkedAsync(Uri address, string route, string key, byte[] body, params string[] headers)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Head(address, route, key, [.. headers, "Transfer-Encoding: chunked"]));
        try
        {
            foreach (var piece in body.Chunk(16_384))
            {
                await stream.WriteAsync(Encoding.ASCII.GetBytes(piece.Length.ToString("x", CultureInfo.InvariantCulture) + "\r\n"));
                await stream.WriteAsync(piece);
                await stream.WriteAsync("\r\n"u8.ToArray());
            }
            await stream.WriteAsync("0\r\n\r\n"u8.ToArray());
        }
        catch (IOException)
        {
            // The server answered and closed before the body's end; what it said is still to be read.
        }
        using var response = new MemoryStream();
        try
        {
            await stream.CopyToAsync(response, TestContext.Current.CancellationToken);
        }
        catch (IOException)
        {
            // Closed with unread bytes on its side: a reset behind the response.
        }
        return Encoding.UTF8.GetString(response.ToArray());
    }

    /// <summary>Announces the whole body, sends half, and goes.</summary>
    public static async Task PostHalfAsync(Uri address, string route, string key, byte[] body, bool reset)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port);
        if (reset) client.LingerState = new LingerOption(true, 0);
        var stream = client.GetStream();
        await stream.WriteAsync(Head(address, route, key, $"Content-Length: {body.Length}"));
        await stream.WriteAsync(body.AsMemory(0, body.Length / 2));
    }

    private static byte[] Head(Uri address, string route, string key, params string[] headers) => Encoding.UTF8.GetBytes(
        $"POST {route} HTTP/1.1\r\nHost: {address.Authority}\r\nAuthorization: Bearer {key}\r\nContent-Type: application/json\r\nConnection: close\r\n{string.Concat(headers.Select(h => h + "\r\n"))}\r\n");
}
