namespace Gateway.Background;

internal static class BackgroundExtensions
{
    public static IServiceCollection AddBackground(this IServiceCollection services) => services.AddSingleton<BackgroundCall>();
}
