using Approvals.Identity;

namespace Approvals.Notifications.Buttons;

internal static class ButtonsExtensions
{
    public static IServiceCollection AddButtons(this IServiceCollection services)
    {
        services.AddOptions<SessionsOptions>().Configure<ChannelList>((sessions, channels) => sessions.Kept |= channels.All.Any(channel => channel.Buttons is not null));
        services.AddSingleton<ClickDesk>().AddSingleton<SlackAnswers>().AddSingleton<Clicks>();
        return services.AddHostedService(provider => provider.GetRequiredService<Clicks>());
    }
}
