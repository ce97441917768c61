using ApprovalsUI.Client;
using ApprovalsUI.Components;
using ApprovalsUI.Components.Policy;
using ApprovalsUI.Components.Shell;
using ApprovalsUI.Pages.SigningIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using MudBlazor.Services;

namespace ApprovalsUI;

/// <summary>The door of the console: a composing host adds it, maps it at <c>/console</c>, and serves static assets.</summary>
public static class ConsoleModule
{
    /// <summary>A policy of the longest kind, as it is typed: up to four bytes a character.</summary>
    private const int LargestMessage = 4 * TextEditor.Longest;

    public static IHostApplicationBuilder AddConsole(this IHostApplicationBuilder builder)
    {
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddOptions<ConsoleOptions>().BindConfiguration(ConsoleOptions.Section);
        builder.Services.AddMudServices();
        builder.Services.AddRazorComponents().AddInteractiveServerComponents().AddHubOptions(hub => hub.MaximumReceiveMessageSize = LargestMessage);
        builder.Services.AddSignIn();
        builder.Services.AddClients();
        builder.Services.AddComponents();
        return builder;
    }

    public static IEndpointRouteBuilder MapConsole(this IEndpointRouteBuilder app)
    {
        var provider = app.ServiceProvider.GetRequiredService<IOptions<ProviderOptions>>().Value.Authority;
        app.MapSignIn().WithConsoleHeaders(provider);

        // No component takes a form post: the two forms go to MapSignIn, which checks where they come from.
        app.MapRazorComponents<App>()
            .AddInteractiveServerRenderMode(circuit => circuit.ContentSecurityFrameAncestorsPolicy = null)
            .RequireAuthorization(new AuthorizeAttribute { AuthenticationSchemes = ConsoleCookie.Scheme })
            .DisableAntiforgery()
            .WithConsoleHeaders(provider);
        return app;
    }
}
