using Gateway.Outlets.Kinds;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Gateway.Outlets;

internal static class OutletsExtensions
{
    public const string OtlpEndpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>Nothing, where no outlet is set.</summary>
    public static IServiceCollection AddOutlets(this IServiceCollection services, IConfiguration configuration)
    {
        if (!configuration.GetSection(OutletOptions.Section).GetChildren().Any()) return services;
        services.AddOptions<OutletList>().BindConfiguration("").ValidateOnStart().PostConfigure<IConfiguration>((list, settings) => list.Outlets.ForEach(outlet => outlet.Endpoint ??= settings[OtlpEndpoint]));
        services.AddSingleton<IValidateOptions<OutletList>, OutletRules>();
        services.AddHttpClient(OtlpOutlet.ClientName, client => client.Timeout = Timeout.InfiniteTimeSpan) // bounded per batch in the sender
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false, ActivityHeadersPropagator = null, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
            .RemoveAllLoggers();
        services.AddSingleton<IReadOnlyList<IOutlet>>(sp => [.. sp.GetRequiredService<IOptions<OutletList>>().Value.Outlets.Select(outlet => Make(outlet, sp))]);
        services.AddSingleton<OutletCursors>().AddSingleton<OutletFeed>().AddSingleton<OutletStates>();
        services.AddHealthChecks().AddCheck<OutletHealth>("outlets", HealthStatus.Degraded);
        return services.AddHostedService<OutletSender>();
    }

    private static IOutlet Make(OutletOptions outlet, IServiceProvider sp) => outlet.KindOf switch
    {
        OutletKind.File => new FileOutlet(outlet),
        OutletKind.Syslog => new SyslogOutlet(outlet),
        OutletKind.Otlp => new OtlpOutlet(outlet, sp.GetRequiredService<IHttpClientFactory>()),
        OutletKind.Webhook => new WebhookOutlet(outlet, sp.GetRequiredService<IHttpClientFactory>(), sp.GetRequiredService<TimeProvider>()),
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
