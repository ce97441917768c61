namespace Gateway.Known;

internal static class KnownExtensions
{
    public static IServiceCollection AddKnown(this IServiceCollection services)
    {
        services.AddOptions<KnownOptions>().BindConfiguration(KnownOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<KnownDesk>().AddSingleton<KnownPlanter>();
        return services.AddHostedService(provider => provider.GetRequiredService<KnownPlanter>());
    }
}
