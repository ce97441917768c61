namespace Gateway.Waiting;

internal static class WaitingExtensions
{
    public static IServiceCollection AddWaiting(this IServiceCollection services)
    {
        services.AddSingleton<Release>().AddSingleton<ParkedCall>();
        return services.AddHostedService<PolledReleases>();
    }
}
