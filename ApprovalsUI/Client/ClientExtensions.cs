using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ApprovalsUI.Client;

internal static class ClientExtensions
{
    /// <summary>The largest answer the console takes: a prompt at the gateway's body limit, masked and in JSON, fits.</summary>
    private const long MaxAnswerBytes = 64 * 1024 * 1024;

    internal static void AddClients(this IServiceCollection services)
    {
        services.AddHttpClient<ApprovalsClient>((provider, http) => Configure(http, Options(provider).Approvals));
        services.AddHttpClient<OverviewClient>((provider, http) => Configure(http, Options(provider).Approvals));
        services.AddHttpClient<GatewayClient>((provider, http) => Configure(http, Options(provider).Gateway));
        services.AddHttpClient<PolicyClient>((provider, http) => Configure(http, Options(provider).Gateway));
        services.AddHttpClient<KeysClient>((provider, http) => Configure(http, Options(provider).Gateway));
        services.AddHttpClient<GrantsClient>((provider, http) => Configure(http, Options(provider).Gateway));
        services.AddHttpClient<RecordsClient>((provider, http) => Configure(http, Options(provider).Gateway));
        services.AddHttpClient<KnownClient>((provider, http) => Configure(http, Options(provider).Gateway));
        services.AddHttpClient<RetentionClient>((provider, http) => Configure(http, Options(provider).Gateway));
        services.AddHttpClient<EvidenceClient>((provider, http) =>
        {
            Configure(http, Options(provider).Gateway);
            http.Timeout = EvidenceClient.Patience;
        });
        services.AddScoped<PersonSession>();
        services.AddScoped<QueueState>();
        services.AddScoped<ReviewFeed>();
        services.AddScoped<AlertWatch>();
    }

    private static ConsoleOptions Options(IServiceProvider provider) => provider.GetRequiredService<IOptions<ConsoleOptions>>().Value;

    private static void Configure(HttpClient http, Uri address)
    {
        http.BaseAddress = address;
        http.Timeout = TimeSpan.FromSeconds(15);
        http.MaxResponseContentBufferSize = MaxAnswerBytes;
    }
}
