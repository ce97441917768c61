using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Shared;

/// <summary>
/// Metrics, traces and logs. They go out over OTLP as soon as <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set, the standard
/// variable; <c>Telemetry:MetricsPort</c> serves <c>/metrics</c> to Prometheus on a port of its own.
/// </summary>
internal static class TelemetryExtensions
{
    private const string OtlpEndpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string MetricsPort = "Telemetry:MetricsPort";
    private static readonly string[] Meters = [Tracing.Name, "MassTransit", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Net.Http"];

    public static WebApplicationBuilder AddTelemetry(this WebApplicationBuilder builder, string service)
    {
        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(service, serviceNamespace: "approvals"))
            .WithMetrics(metrics =>
            {
                metrics.AddMeter(Meters).AddRuntimeInstrumentation();
                if (builder.Configuration.GetValue<int?>(MetricsPort) is not null) metrics.AddPrometheusExporter();
            });
        if (string.IsNullOrEmpty(builder.Configuration[OtlpEndpoint])) return builder;

        telemetry
            .WithTracing(traces => traces.AddSource(Tracing.Name, "MassTransit").AddHttpClientInstrumentation()
                .AddAspNetCoreInstrumentation(http => http.Filter = context => !context.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal)))
            .WithLogging(configureBuilder: null, logs => logs.IncludeFormattedMessage = true)
            .UseOtlpExporter();
        return builder;
    }

    /// <summary>By the port a request came in on, which its sender cannot choose: callers never see the metrics.</summary>
    public static WebApplication UseMetricsPort(this WebApplication app)
    {
        if (app.Configuration.GetValue<int?>(MetricsPort) is { } port)
            app.UseOpenTelemetryPrometheusScrapingEndpoint(http => http.Request.Path == "/metrics" && http.Connection.LocalPort == port);
        return app;
    }
}
