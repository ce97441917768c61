using System.Data.Common;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Shared;

internal static class BusExtensions
{
    /// <summary>In the name of every queue that belongs to one instance and goes with it.</summary>
    private const string OfInstance = "-of-";

    /// <summary>
    /// RabbitMQ drops a message that came back this often (20 times by default since version 4). Instances may be killed
    /// any number of times; what cannot be handled goes to the error queue, never nowhere.
    /// </summary>
    private const int MostRedeliveries = 1_000_000;

    /// <summary>Publishes and consumes over RabbitMQ: what moves state is in quorum queues that all instances share.</summary>
    public static IHostApplicationBuilder AddRabbitMqBus(this IHostApplicationBuilder builder, Action<IBusRegistrationConfigurator> addConsumers)
    {
        builder.Services.AddOptions<BusOptions>().BindConfiguration(BusOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<BusOptions>, BusRules>();
        builder.Services.AddMassTransit(bus =>
        {
            bus.AddOurs(addConsumers);
            bus.UsingRabbitMq((context, rabbit) =>
            {
                var options = context.GetRequiredService<IOptions<BusOptions>>().Value;
                rabbit.Host(new Uri(options.Url), host =>
                {
                    host.Username(options.Username);
                    host.Password(options.Password);
                    host.PublisherConfirmation = true;
                });
                rabbit.ConfigureEndpoints(context);
            });
        });
        return builder;
    }

    /// <summary>The same within one process. What a crash loses here, the outbox and the announcer send again.</summary>
    public static IHostApplicationBuilder AddInMemoryBus(this IHostApplicationBuilder builder, Action<IBusRegistrationConfigurator> addConsumers)
    {
        builder.Services.AddSingleton<OneProcess>();
        builder.Services.AddMassTransit(bus =>
        {
            bus.AddOurs(addConsumers);
            bus.UsingInMemory((context, transport) => transport.ConfigureEndpoints(context));
        });
        return builder;
    }

    /// <summary>A queue of this instance alone, gone when the instance goes: for what only wakes or shows.</summary>
    public static void OnQueueOfItsOwn<T>(this IConsumerRegistrationConfigurator<T> consumer) where T : class, IConsumer => consumer.Endpoint(endpoint =>
    {
        endpoint.InstanceId = OfInstance + Guid.NewGuid().ToString("N");
        endpoint.Temporary = true;
    });

    private static void AddOurs(this IBusRegistrationConfigurator bus, Action<IBusRegistrationConfigurator> addConsumers)
    {
        bus.DisableUsageTelemetry();
        bus.SetKebabCaseEndpointNameFormatter();
        // Without a broker callers are served all the same, and parked prompts wait in the outbox: no reason to be taken out of service.
        bus.ConfigureHealthCheckOptions(health =>
        {
            health.Name = "broker";
            health.MinimalFailureStatus = HealthStatus.Degraded;
        });
        addConsumers(bus);
        bus.AddConfigureEndpointsCallback((_, queue, endpoint) =>
        {
            if (endpoint is IRabbitMqReceiveEndpointConfigurator rabbit && !queue.Contains(OfInstance, StringComparison.Ordinal))
            {
                rabbit.SetQuorumQueue();
                rabbit.SetQueueArgument("x-delivery-limit", MostRedeliveries);
            }
            endpoint.UseMessageRetry(WhileTheStoreIsAway);
            endpoint.UseMessageRetry(AFewTimes);
        });
    }

    /// <summary>A message is not at fault when the database is: it waits for it, an hour if need be.</summary>
    private static void WhileTheStoreIsAway(IRetryConfigurator retry)
    {
        retry.Handle<DbException>();
        retry.Handle<DbUpdateException>();
        retry.Exponential(250, TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(15), TimeSpan.FromMilliseconds(200));
    }

    /// <summary>Then it is poison: it goes to the error queue, and people are told.</summary>
    private static void AFewTimes(IRetryConfigurator retry)
    {
        retry.Ignore<DbException>();
        retry.Ignore<DbUpdateException>();
        retry.Ignore<ArgumentException>();
        retry.Exponential(5, TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(5), TimeSpan.FromMilliseconds(100));
    }
}
