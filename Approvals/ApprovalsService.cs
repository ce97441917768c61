using Shared;

namespace Approvals;

/// <summary>This service as a process of its own: RabbitMQ to the gateways, people from an OpenID Connect provider.</summary>
internal static class ApprovalsService
{
    public static void AddApprovalsService(this WebApplicationBuilder builder)
    {
        builder.AddService("approvals");
        builder.AddApprovals();
        builder.AddPeople();
        builder.AddRabbitMqBus(bus => bus.AddApprovalsConsumers());
    }

    public static void MapApprovalsService(this WebApplication app)
    {
        app.UseExceptionHandler();
        app.UseMetricsPort();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapApprovals();
        app.MapHealth();
    }
}
