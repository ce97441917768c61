using ApprovalsUI.Components.Noticing;
using ApprovalsUI.Components.Policy;
using ApprovalsUI.Components.Records;
using ApprovalsUI.Components.Shell;
using ApprovalsUI.Components.Text;
using Microsoft.Extensions.DependencyInjection;

namespace ApprovalsUI.Components;

internal static class ComponentExtensions
{
    internal static void AddComponents(this IServiceCollection services)
    {
        services.AddScoped<Ticker>();
        services.AddScoped<ReaderTime>();
        services.AddScoped<BrowserPage>();
        services.AddScoped<BrowserNotices>();
        services.AddScoped<PolicyBrowser>();
        services.AddScoped<EvidenceExport>();
    }
}
