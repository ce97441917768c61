using MassTransit;

namespace Approvals.Alerts;

internal static class AlertsExtensions
{
    public static IHostApplicationBuilder AddAlerts(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<MessageFaultMetrics>();
        return builder;
    }

    public static void AddAlertsConsumers(this IBusRegistrationConfigurator bus) =>
        bus.AddConsumer<MessageFaultConsumer>().Endpoint(endpoint => endpoint.Name = "message-faults");
}
