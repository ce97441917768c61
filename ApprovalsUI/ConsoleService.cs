using ApprovalsUI.Keys;
using ApprovalsUI.Pages.SigningIn;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Shared;

namespace ApprovalsUI;

/// <summary>The console as a process of its own. Several need only that one browser stays with one of them.</summary>
internal static class ConsoleService
{
    public static void AddConsoleService(this WebApplicationBuilder builder)
    {
        builder.AddService("console");
        builder.AddConsole();
        builder.Services.Configure<ConsoleOptions>(console => console.Files = "");
        builder.AddSharedKeys();
        builder.AddProviderSignIn();
        builder.WebHost.UseStaticWebAssets(); // the console's files, when run from a build instead of a publish
    }

    public static void MapConsoleService(this WebApplication app)
    {
        app.UseMetricsPort();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapStaticAssets();
        app.MapConsole();
        app.MapHealth();
        app.MapGet("/", () => TypedResults.Redirect("/console")).ExcludeFromDescription();
    }
}
