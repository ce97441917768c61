using Microsoft.Extensions.Options;
using Shared;

namespace Gateway.Retention;

internal static class RetentionExtensions
{
    public static IServiceCollection AddRetention(this IServiceCollection services)
    {
        services.AddOptions<RetentionOptions>().BindConfiguration(RetentionOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<RetentionOptions>, RetentionRules>();
        return services.AddSingleton<Eraser>().AddOnceOpen<RetentionSweeper>();
    }
}
