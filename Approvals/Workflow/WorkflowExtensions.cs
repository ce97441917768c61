using MassTransit;

namespace Approvals.Workflow;

internal static class WorkflowExtensions
{
    public static IHostApplicationBuilder AddWorkflow(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<WorkflowOptions>().BindConfiguration(WorkflowOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<ReviewDesk>();
        builder.Services.AddHostedService<DeadlinePoller>();
        return builder;
    }

    /// <summary>A message that fails for good reaches the error queue; the review it was about stays shut.</summary>
    public static void AddWorkflowConsumers(this IBusRegistrationConfigurator bus) =>
        bus.AddConsumer<DeskConsumer>((_, consumer) => consumer.UseMessageRetry(retry =>
            {
                retry.Exponential(5, TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(5), TimeSpan.FromMilliseconds(200));
                retry.Ignore<ArgumentException>();
            }))
            .Endpoint(endpoint => endpoint.Name = "review-desk");
}
