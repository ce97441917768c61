using Microsoft.Extensions.Options;
using Shared;

namespace Gateway.Webhooks;

internal static class WebhooksExtensions
{
    public static IServiceCollection AddWebhooks(this IServiceCollection services)
    {
        services.AddOptions<WebhookOptions>().BindConfiguration(WebhookOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddHttpClient(WebhookSender.ClientName, client => client.Timeout = Timeout.InfiniteTimeSpan) // bounded per attempt in the sender
            .ConfigurePrimaryHttpMessageHandler(sp =>
            {
                var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false };
                if (!sp.GetRequiredService<IOptions<WebhookOptions>>().Value.AllowPrivate) handler.ConnectCallback = PublicAddresses.ConnectAsync;
                return handler;
            })
            .RemoveAllLoggers();
        services.AddSingleton<WebhookNotices>();
        return services.AddOnceOpen<WebhookSender>();
    }
}
