using Approvals.Engines;
using Approvals.Identity;
using Approvals.Workflow;
using Contracts;
using MassTransit;
using Shared;

namespace Approvals.Live;

internal static class LiveExtensions
{
    public static IHostApplicationBuilder AddLive(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSignalR().AddJsonProtocol(json => JsonWire.Configure(json.PayloadSerializerOptions));
        builder.Services.AddSingleton<Watchers>();
        builder.Services.AddSingleton<IReviewNews>(provider => provider.GetService<OneProcess>() is null || provider.GetRequiredService<IServiceProviderIsService>().IsService(typeof(IReviewEngine))
            ? ActivatorUtilities.CreateInstance<NewsByBus>(provider) : ActivatorUtilities.CreateInstance<NewsHere>(provider));
        return builder;
    }

    public static void AddLiveConsumers(this IBusRegistrationConfigurator bus)
    {
        bus.AddConsumer<ReviewChangedConsumer>().OnQueueOfItsOwn();
        bus.AddConsumer<HangUpConsumer>().OnQueueOfItsOwn();
    }

    public static void MapLive(this IEndpointRouteBuilder app) =>
        app.MapHub<ReviewHub>("/hubs/reviews", connection => connection.CloseOnAuthenticationExpiration = true)
            .RequireAuthorization(ReviewPolicies.Read);
}
