using Shared;

namespace Gateway.Known;

internal static class KnownExtensions
{
    public static IServiceCollection AddKnown(this IServiceCollection services)
    {
        services.AddOptions<KnownOptions>().BindConfiguration(KnownOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        return services.AddSingleton<KnownDesk>().AddOnceOpen<KnownPlanter>();
    }
}
