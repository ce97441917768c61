namespace Gateway.Telemetry;

internal static class TelemetryExtensions
{
    public static IServiceCollection AddTelemetry(this IServiceCollection services) =>
        services.AddSingleton<GatewayMetrics>().AddSingleton<GenAiCalls>();
}
