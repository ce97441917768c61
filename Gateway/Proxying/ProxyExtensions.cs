using Gateway.Identity;

namespace Gateway.Proxying;

internal static class ProxyExtensions
{
    public static IServiceCollection AddProxying(this IServiceCollection services) =>
        services.AddSingleton<ConversationKeys>().AddSingleton<PromptJudge>().AddSingleton<PromptProxy>().AddSingleton<CallRecord>().AddSingleton<ICallerSource, ResentCallers>().AddSingleton<UnreadCall>();
}
