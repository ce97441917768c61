using Microsoft.Extensions.Options;

namespace Gateway.Retention;

internal static class RetentionExtensions
{
    public static IServiceCollection AddRetention(this IServiceCollection services)
    {
        services.AddOptions<RetentionOptions>().BindConfiguration(RetentionOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<RetentionOptions>, RetentionRules>();
        services.AddSingleton<Eraser>().AddSingleton<RetentionSweeper>();
        return services.AddHostedService(provider => provider.GetRequiredService<RetentionSweeper>());
    }
}
