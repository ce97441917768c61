using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace ApprovalsUI;

/// <summary>What a browser may do with the console's pages: run our own files, talk to us, and nothing else.</summary>
internal static class ConsoleHeaders
{
    // MudBlazor writes its theme as a style element and positions popovers with style attributes; scripts are files only.
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'; img-src 'self' data:; " +
        "connect-src 'self'; base-uri 'self'; frame-ancestors 'none'; form-action 'self'";

    /// <param name="provider">Where signing out leads on to, if anywhere; browsers count that as part of the form.</param>
    internal static void WithConsoleHeaders(this IEndpointConventionBuilder endpoints, string provider) => endpoints.Add(endpoint =>
    {
        var policy = Uri.TryCreate(provider, UriKind.Absolute, out var url) ? $"{ContentSecurityPolicy} {url.GetLeftPart(UriPartial.Authority)}" : ContentSecurityPolicy;
        if (endpoint.RequestDelegate is not { } answer)
        {
            return;
        }

        endpoint.RequestDelegate = context =>
        {
            var headers = context.Response.Headers;
            headers.ContentSecurityPolicy = policy;
            headers.XFrameOptions = "DENY";
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "no-referrer";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            context.Response.OnStarting(() =>
            {
                headers.CacheControl = "no-store";
                return Task.CompletedTask;
            });
            return answer(context);
        };
    });
}
