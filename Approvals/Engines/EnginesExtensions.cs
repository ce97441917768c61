#if ELSA
using Approvals.Engines.Elsa;
#endif
using MassTransit;
using Microsoft.Extensions.Options;

namespace Approvals.Engines;

internal static class EnginesExtensions
{
#if ELSA
    public const bool HasElsa = true;
#else
    public const bool HasElsa = false;
#endif

    public static IHostApplicationBuilder AddEngines(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<EngineOptions>().BindConfiguration(EngineOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<EngineOptions>, EngineRules>();
#if ELSA
        if (builder.Configuration.GetValue<Engine>($"{EngineOptions.Section}:{nameof(EngineOptions.Engine)}") == Engine.Elsa) return builder.AddElsaEngine();
#endif
        builder.Services.AddHostedService<PollingEngine>();
        return builder;
    }

    /// <summary>Whether there is an engine that keeps its own timers: it has to hear of every change.</summary>
    public static bool HasFollower(this IServiceCollection services) => services.Any(service => service.ServiceType == typeof(IReviewEngine));

    public static void AddEnginesConsumers(this IBusRegistrationConfigurator bus)
    {
        if (bus.HasFollower()) bus.AddConsumer<FollowConsumer>().Endpoint(endpoint => endpoint.Name = "review-engine");
    }
}
