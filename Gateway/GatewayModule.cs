using Contracts;
using Gateway.Access;
using Gateway.Audit;
using Gateway.Background;
using Gateway.Editing;
using Gateway.Evidence;
using Gateway.Grants;
using Gateway.Habits;
using Gateway.Identity;
using Gateway.Inspection;
using Gateway.Interactions;
using Gateway.Judges;
using Gateway.Keys;
using Gateway.Load;
using Gateway.Known;
using Gateway.Masking;
using Gateway.Outlets;
using Gateway.Parking;
using Gateway.Policies;
using Gateway.Policy;
using Gateway.Prompts;
using Gateway.Proof;
using Gateway.Proxying;
using Gateway.Retention;
using Gateway.Risk;
using Gateway.Search;
using Gateway.Storage;
using Gateway.Telemetry;
using Gateway.Texts;
using Gateway.Tokens;
using Gateway.Tuning;
using Gateway.Upstreams;
using Gateway.Waiting;
using Gateway.Webhooks;
using MassTransit;
using Shared;

namespace Gateway;

/// <summary>The door: the data path, policy and trail. Each room is one line.</summary>
internal static class GatewayModule
{
    public static IHostApplicationBuilder AddGateway(this IHostApplicationBuilder builder)
    {
        builder.AddGatewayStorage();
        builder.Services
            .AddTelemetry()
            .AddTexts()
            .AddIdentity()
            .AddKeys()
            .AddTokens()
            .AddLoad()
            .AddPrompts()
            .AddRisk()
            .AddPolicy()
            .AddHabits()
            .AddTuning()
            .AddPolicies()
            .AddMasking()
            // Masking knows no detector, Risk knows no mask: this is where they meet.
            .AddSingleton<FindSensitive>(sp => text => sp.GetRequiredService<RiskScorer>().FindSensitive(text).Where(f => f.Category == RiskCategory.Fault || PromptPolicy.Hides(f)).ToList()) // what could not be looked through does not leave
            .AddWebhooks()
            .AddParking()
            .AddUpstreams()
            .AddJudges()
            .AddInspection()
            .AddWaiting()
            .AddBackground()
            .AddGrants()
            .AddProxying()
            .AddEditing()
            .AddKnown()
            .AddOutlets(builder.Configuration)
            .AddProof() // stops after the trail: its last checkpoint covers what was written until then
            .AddAudit()
            .AddEvidence()
            .AddSearch()
            .AddInteractions()
            .AddRetention();
        return builder;
    }

    /// <summary>The host calls <c>AddMassTransit</c> once and this inside it. Shared queues move state; an instance's own queue only wakes.</summary>
    public static void AddGatewayConsumers(this IBusRegistrationConfigurator bus)
    {
        bus.AddConsumer<ReviewDecidedConsumer>();
        bus.AddConsumer<CallerAskedConsumer>();
        bus.AddConsumer<PersonActedConsumer>();
        bus.AddConsumer<TicketChangedConsumer>().OnQueueOfItsOwn();
    }

    /// <summary>Before anything asks who calls.</summary>
    public static IApplicationBuilder UseGateway(this IApplicationBuilder app) => app.UseMiddleware<OverloadDoor>();

    public static IEndpointRouteBuilder MapGateway(this IEndpointRouteBuilder app) =>
        app.MapProxy().MapTickets().MapResponses().MapPrompts().MapEdits().MapKnown().MapKeys().MapTrail().MapEvidence().MapInteractions().MapResend().MapQuestions().MapRetention().MapSignIns().MapSignOuts().MapAccess().MapGrants().MapPolicies().MapTuning();
}
