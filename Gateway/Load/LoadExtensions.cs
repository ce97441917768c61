namespace Gateway.Load;

internal static class LoadExtensions
{
    public static IServiceCollection AddLoad(this IServiceCollection services)
    {
        services.AddOptions<LoadOptions>().BindConfiguration(LoadOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        return services.AddSingleton<OwnWork>();
    }
}
