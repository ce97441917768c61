using Microsoft.Extensions.Options;

namespace Gateway.Texts;

internal static class TextsExtensions
{
    public static IServiceCollection AddTexts(this IServiceCollection services)
    {
        services.AddOptions<TextOptions>().BindConfiguration(TextOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<TextOptions>, TextRules>();
        return services.AddSingleton<MasterKeys>().AddSingleton<TextVault>().AddSingleton<InstallationSecrets>();
    }
}
