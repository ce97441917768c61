using MassTransit;
using Shared;

namespace Approvals.Workflow;

internal static class WorkflowExtensions
{
    public static IHostApplicationBuilder AddWorkflow(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ReviewMetrics>().AddOnceOpen<Census>();
        builder.Services.AddOptions<WorkflowOptions>().BindConfiguration(WorkflowOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<ReviewDesk>();
        return builder;
    }

    public static void AddWorkflowConsumers(this IBusRegistrationConfigurator bus) =>
        bus.AddConsumer<DeskConsumer>().Endpoint(endpoint => endpoint.Name = "review-desk");
}
