using MassTransit;

namespace Approvals.Workflow;

internal static class WorkflowExtensions
{
    public static IHostApplicationBuilder AddWorkflow(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<WorkflowOptions>().BindConfiguration(WorkflowOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<ReviewMetrics>().AddSingleton<ReviewDesk>();
        builder.Services.AddHostedService<DeadlinePoller>();
        return builder;
    }

    public static void AddWorkflowConsumers(this IBusRegistrationConfigurator bus) =>
        bus.AddConsumer<DeskConsumer>().Endpoint(endpoint => endpoint.Name = "review-desk");
}
