using Microsoft.Extensions.Options;

namespace Gateway.Upstreams;

internal static class UpstreamExtensions
{
    public static IServiceCollection AddUpstreams(this IServiceCollection services)
    {
        services.AddOptions<UpstreamList>().BindConfiguration("").ValidateOnStart();
        services.AddSingleton<IValidateOptions<UpstreamList>, UpstreamListRules>();
        services.AddOptions<UpstreamLimits>().BindConfiguration(UpstreamLimits.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddHttpClient(UpstreamDirectory.ClientName, client => client.Timeout = Timeout.InfiniteTimeSpan) // bounded per phase in the directory
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                AllowAutoRedirect = false, // a prompt goes where the configuration says
                UseCookies = false,
                UseProxy = false,
                ConnectTimeout = TimeSpan.FromSeconds(10),
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
                ActivityHeadersPropagator = new TraceParentOnly(),
            })
            .RemoveAllLoggers();
        services.AddHttpClient(EchoUpstream.ClientName).ConfigurePrimaryHttpMessageHandler(() => new EchoUpstream()).RemoveAllLoggers();
        return services.AddSingleton<UpstreamDirectory>().AddSingleton<AnswerRelay>();
    }
}
