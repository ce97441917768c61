using Contracts;
using Gateway.Access;
using Gateway.Policy;
using Gateway.Storage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;
using Shared;

namespace Gateway;

/// <summary>The gateway as a process of its own: RabbitMQ to the reviewers' side, a shared database, people from an OpenID Connect provider.</summary>
internal static class GatewayService
{
    public static void AddGatewayService(this WebApplicationBuilder builder)
    {
        builder.AddService("gateway");
        builder.AddGateway();
        builder.AddPeople();
        builder.Services.AddProviderAccess();
        builder.AddRabbitMqBus(bus => bus.AddGatewayConsumers());
        builder.Services.AddDataProtection().SetApplicationName("approvals-gateway").PersistKeysToDbContext<GatewayStore>();
        builder.Services.AddOpenApi();
        builder.Services.AddSingleton(sp => KnownReviewersOf(sp.GetRequiredService<IOptions<PeopleOptions>>().Value));
    }

    /// <summary>Which groups may review is in the settings; who belongs to them only the provider knows.</summary>
    private static KnownReviewers KnownReviewersOf(PeopleOptions people) =>
        new(people.Permissions.Where(permission => Permissions.AnyReview.Contains(permission.Key)).SelectMany(permission => permission.Value).ToHashSet(StringComparer.Ordinal), Members: null);

    public static void MapGatewayService(this WebApplication app)
    {
        app.UseExceptionHandler();
        app.UseMetricsPort();
        app.UseGateway();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapGateway();
        app.MapOpenApi("/openapi/{documentName}.json");
        app.MapHealth();
    }
}
