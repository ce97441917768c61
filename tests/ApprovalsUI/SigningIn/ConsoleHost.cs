using ApprovalsUI.Tests.Backend;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ApprovalsUI.Tests.SigningIn;

/// <summary>The console as a host composes it, on a real port, and a browser that keeps cookies and follows nothing.</summary>
internal sealed class ConsoleHost : IAsyncDisposable
{
    private readonly WebApplication app;

    private ConsoleHost(FakeBackend backend, WebApplication app)
    {
        (Backend, this.app) = (backend, app);
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>();
        Browser = NewBrowser(new Uri(addresses!.Addresses.First())); // The server has started, so it has addresses.
    }

    internal FakeBackend Backend { get; }

    internal HttpClient Browser { get; }

    internal static async Task<ConsoleHost> StartAsync(Action<FakeBackend>? prepare = null)
    {
        var backend = await new FakeBackend(TimeProvider.System).StartAsync();
        prepare?.Invoke(backend);
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseStaticWebAssets();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.AddConsole();
        var app = builder.Build();
        app.MapStaticAssets("ApprovalsUI.Tests.staticwebassets.endpoints.json");
        app.MapConsole();
        await app.StartAsync();

        // As the embedding host does: the addresses are known only once servers are up.
        var options = app.Services.GetRequiredService<Microsoft.Extensions.Options.IOptions<ConsoleOptions>>().Value;
        options.ApprovalsUrl = options.GatewayUrl = backend.Url;
        return new(backend, app);
    }

    internal Task<HttpResponseMessage> SignInAsync(string token = FakeBackend.SignInToken, string person = "riley", string back = "") =>
        PostAsync("/console/sign-in", new() { ["token"] = token, ["person"] = person, ["return"] = back });

    internal Task<HttpResponseMessage> PostAsync(string path, Dictionary<string, string> form, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(form) };
        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        return Browser.SendAsync(request);
    }

    private static HttpClient NewBrowser(Uri address) =>
        new(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = address };

    public async ValueTask DisposeAsync()
    {
        Browser.Dispose();
        await app.DisposeAsync();
        await Backend.DisposeAsync();
    }
}
