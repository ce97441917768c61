using Approvals.Alerts;
using Approvals.Engines;
using Approvals.Identity;
using Approvals.Live;
using Approvals.Overview;
using Approvals.Notifications;
using Approvals.Notifications.Buttons;
using Approvals.Reviews;
using Approvals.Storage;
using Approvals.Workflow;
using Contracts.Messages;
using MassTransit;
using Shared;

namespace Approvals;

/// <summary>The door: people, deadlines, decisions. Sees messages about prompts, never a prompt's text.</summary>
public static class ApprovalsModule
{
    /// <param name="alone">No other process shows these reviews or acts on them.</param>
    /// <param name="recorder">Where the trail is in this process: what puts a person's act on record there.</param>
    /// <param name="decider">Where the tickets are in this process: what brings a decision to its ticket.</param>
    public static IHostApplicationBuilder AddApprovals(this IHostApplicationBuilder builder, bool alone = false,
        Func<IServiceProvider, Func<PersonActed, CancellationToken, Task>>? recorder = null, Func<IServiceProvider, Func<ReviewDecided, CancellationToken, Task>>? decider = null)
    {
        builder.AddReviewIdentity();
        builder.AddApprovalsStorage();
        builder.AddWorkflow();
        builder.AddEngines();
        builder.AddReviews();
        builder.AddLive(alone && !builder.Services.HasFollower());
        builder.AddAlerts();
        builder.AddOverview();
        builder.AddNotifications();
        if (recorder is not null) builder.Services.AddSingleton(services => HeardHere.Of(recorder(services)));
        if (decider is not null) builder.Services.AddSingleton(services => HeardHere.Of(decider(services), elseByBus: true));
        return builder;
    }

    /// <summary>Where a gateway in this process brings the end of a release.</summary>
    public static Task SettleReviewAsync(this IServiceProvider services, ReleaseSettled settled, CancellationToken ct) => services.GetRequiredService<ReviewDesk>().SettleAsync(settled, ct);

    /// <summary>The host calls <c>AddMassTransit</c> once and this inside it.</summary>
    public static void AddApprovalsConsumers(this IBusRegistrationConfigurator bus)
    {
        bus.AddWorkflowConsumers();
        bus.AddEnginesConsumers();
        bus.AddReviewIdentityConsumers();
        bus.AddLiveConsumers();
        bus.AddAlertsConsumers();
    }

    /// <summary>REST under <c>/api/reviews</c>, <c>/api/alerts</c> and <c>/api/overview</c>, the hub at <c>/hubs/reviews</c>, and <c>/hooks/slack</c> where a channel has buttons. The host registers the scheme <c>person</c>.</summary>
    public static IEndpointRouteBuilder MapApprovals(this IEndpointRouteBuilder app)
    {
        app.MapReviews();
        app.MapLive();
        app.MapAlerts();
        app.MapOverview();
        app.MapButtons();
        return app;
    }

    /// <summary>Creates the store or brings it to this version. Call before the host starts.</summary>
    /// <param name="byCommand">Somebody asked for it; else the settings decide.</param>
    public static Task MigrateApprovalsAsync(this IServiceProvider services, bool byCommand, CancellationToken ct) =>
        services.MigrateStoresAsync(byCommand, ct);
}
