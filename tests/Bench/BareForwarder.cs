using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using HeaderNames = Microsoft.Net.Http.Headers.HeaderNames;

namespace Bench;

/// <summary>The least that can stand between a caller and a model: Kestrel, one HTTP client, bodies through as they come. Nothing is looked at.</summary>
internal static class BareForwarder
{
    public static async Task<int> RunAsync(string url, string to)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(url);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        var app = builder.Build();
        using var client = new HttpMessageInvoker(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false, ActivityHeadersPropagator = null });
        app.Run(http => ForwardAsync(http, client, to));
        await app.RunAsync();
        return 0;
    }

    private static async Task ForwardAsync(HttpContext http, HttpMessageInvoker client, string to)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, to + http.Request.Path) { Content = new StreamContent(http.Request.Body) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(http.Request.ContentType!); // every caller here sends one
        request.Content.Headers.ContentLength = http.Request.ContentLength;
        request.Headers.TryAddWithoutValidation(HeaderNames.Authorization, http.Request.Headers.Authorization.ToString());
        using var answer = await client.SendAsync(request, http.RequestAborted);
        http.Response.StatusCode = (int)answer.StatusCode;
        http.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
        http.Response.ContentLength = answer.Content.Headers.ContentLength;
        await answer.Content.CopyToAsync(http.Response.Body, http.RequestAborted);
    }
}
