using Gateway.Dialects;

namespace Gateway.Prompts;

internal static class PromptsExtensions
{
    public static IServiceCollection AddPrompts(this IServiceCollection services)
    {
        services.AddOptions<PromptOptions>().BindConfiguration(PromptOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        return services.AddSingleton<DialectsByRoute>().AddSingleton<PromptReader>();
    }
}
