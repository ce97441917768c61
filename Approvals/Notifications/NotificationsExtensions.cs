using Approvals.Notifications.Buttons;
using Approvals.Notifications.Surfaces;
using Microsoft.Extensions.Options;
using Shared;

namespace Approvals.Notifications;

internal static class NotificationsExtensions
{
    public static IHostApplicationBuilder AddNotifications(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<NotificationsOptions>().BindConfiguration(NotificationsOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<NotificationsOptions>, NotificationsRules>();
        services.AddHttpClient(ChatCourier.ClientName, client => client.Timeout = Timeout.InfiniteTimeSpan) // bounded per attempt in the courier
            // No span either: it would hold the address, which is a secret.
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ActivityHeadersPropagator = null })
            .RemoveAllLoggers();
        services.AddSingleton<ICourier, ChatCourier>().AddSingleton<ICourier, MailCourier>();
        services.AddSingleton<ChannelList>().AddSingleton<NoticePlanner>().AddSingleton<NoticeMetrics>();
        services.AddOnceOpen<Notifier>();
        services.AddButtons();
        return builder;
    }
}
