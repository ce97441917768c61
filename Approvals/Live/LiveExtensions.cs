using Approvals.Identity;
using Approvals.Workflow;
using Contracts;
using MassTransit;
using Shared;

namespace Approvals.Live;

internal static class LiveExtensions
{
    /// <param name="alone">The consoles that are connected here are all there is to hear of changes.</param>
    public static IHostApplicationBuilder AddLive(this IHostApplicationBuilder builder, bool alone)
    {
        builder.Services.AddSignalR().AddJsonProtocol(json => JsonWire.Configure(json.PayloadSerializerOptions));
        builder.Services.AddSingleton<Watchers>();
        if (alone) builder.Services.AddSingleton<IReviewNews, NewsHere>();
        else builder.Services.AddSingleton<IReviewNews, NewsByBus>();
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
