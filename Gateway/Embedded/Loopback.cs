using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Shared;

namespace Gateway.Embedded;

/// <summary>Embedded mode has a demo key and a printed sign-in: it must not be reachable from another machine.</summary>
internal static class Loopback
{
    public static void ListenOnLoopbackOnly(this WebApplicationBuilder builder, string defaultUrl)
    {
        var urls = (builder.WebHost.GetSetting(WebHostDefaults.ServerUrlsKey) ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var endpoints = builder.Configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(e => e["Url"]).OfType<string>().ToList();
        foreach (var url in urls.Concat(endpoints))
        {
            if (!IsLoopback(url))
            {
                throw new StartRefusedException(
                    $"Embedded mode listens on this machine only, and '{url}' would be reachable from others. It has a demo key and a printed sign-in link. Use a loopback address such as {defaultUrl}.");
            }
        }
        if (urls.Length == 0 && endpoints.Count == 0) builder.WebHost.UseUrls(defaultUrl);
        // A web page that resolves its own name to 127.0.0.1 must not reach the APIs either.
        if (builder.Configuration["AllowedHosts"] is null) builder.Configuration["AllowedHosts"] = "localhost;127.0.0.1;[::1]";
    }

    /// <summary>The address this process listens on; known once the server has started.</summary>
    public static Uri OwnAddress(this IServer server)
    {
        var address = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault()
            ?? throw new InvalidOperationException("The server has not started, so its address is not known yet.");
        return new Uri(address.Replace("://localhost", "://127.0.0.1", StringComparison.Ordinal));
    }

    private static bool IsLoopback(string url)
    {
        var host = BindingAddress.Parse(url).Host;
        return host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip));
    }
}
