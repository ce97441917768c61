using Gateway.Identity;
using Microsoft.Extensions.Options;

namespace Gateway.Tokens;

internal static class TokensExtensions
{
    private const int LargestDocument = 1_024 * 1_024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static IServiceCollection AddTokens(this IServiceCollection services)
    {
        services.AddOptions<CallerProviderList>().BindConfiguration("").ValidateOnStart();
        services.AddSingleton<IValidateOptions<CallerProviderList>, CallerProviderRules>();
        services.AddHttpClient(ProviderKeys.ClientName, client => (client.Timeout, client.MaxResponseContentBufferSize) = (Patience, LargestDocument)).RemoveAllLoggers();
        return services.AddSingleton<ICallerSource, TokenCallers>();
    }
}
