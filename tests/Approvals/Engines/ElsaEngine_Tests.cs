#if ELSA
using Approvals.Storage;
using Approvals.Tests.Support;
using Contracts;
using Elsa.Scheduling;
using Elsa.Workflows;
using Elsa.Workflows.Management;
using Elsa.Workflows.Management.Filters;
using Elsa.Workflows.Runtime;
using Elsa.Workflows.Runtime.Filters;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Tests.Servers;

namespace Approvals.Tests.Engines;

/// <summary>What only an engine with state of its own can get wrong: each of these reviews would wait for ever.</summary>
public abstract class ElsaConformance : EngineConformance
{
    protected override string Engine => "Elsa";

    internal override async Task<int> LeftBehindAsync(string id)
    {
        await using var scope = Host.Services.CreateAsyncScope();
        return (await scope.ServiceProvider.GetRequiredService<IBookmarkStore>().FindManyAsync(new BookmarkFilter { WorkflowInstanceId = id })).Count();
    }

    [Fact]
    public async Task One_instance_for_each_review_with_its_id_that_ends_with_it()
    {
        var prompt = await ParkAsync(TimeSpan.FromSeconds(2));
        await Eventually.Async(async () => await StateAsync(prompt.TicketId) == WorkflowSubStatus.Suspended);
        Assert.Equal(2, await LeftBehindAsync(prompt.TicketId));

        await DecidedAsync(prompt);

        await Eventually.Async(async () => await StateAsync(prompt.TicketId) == WorkflowSubStatus.Finished);
    }

    [Fact]
    public async Task A_cancelled_instance_does_not_keep_its_review_from_expiring()
    {
        var prompt = await ParkAsync(TimeSpan.FromSeconds(2));
        await Eventually.Async(async () => await StateAsync(prompt.TicketId) == WorkflowSubStatus.Suspended);
        await using (var scope = Host.Services.CreateAsyncScope())
            await (await scope.ServiceProvider.GetRequiredService<IWorkflowRuntime>().CreateClientAsync(prompt.TicketId, TestContext.Current.CancellationToken)).CancelAsync(TestContext.Current.CancellationToken);

        Assert.Equal(ApprovalStatus.Expired, (await DecidedAsync(prompt)).Outcome);
    }

    [Fact]
    public async Task A_lost_instance_does_not_keep_its_review_from_expiring()
    {
        var prompt = await ParkAsync(TimeSpan.FromSeconds(2));
        await Eventually.Async(async () => await StateAsync(prompt.TicketId) == WorkflowSubStatus.Suspended);
        await using (var scope = Host.Services.CreateAsyncScope())
            await scope.ServiceProvider.GetRequiredService<IWorkflowInstanceStore>().DeleteAsync(new WorkflowInstanceFilter { Id = prompt.TicketId }, TestContext.Current.CancellationToken);

        Assert.Equal(ApprovalStatus.Expired, (await DecidedAsync(prompt)).Outcome);
        await Eventually.Async(async () => await LeftBehindAsync(prompt.TicketId) == 0);
    }

    [Fact]
    public async Task Reviews_that_were_opened_under_the_built_in_engine_fall_due()
    {
        await StopAsync();
        await StartAsync("BuiltIn");
        var prompt = await ParkAsync(TimeSpan.FromSeconds(3));
        await StopAsync();

        await StartAsync();

        Assert.Equal(ApprovalStatus.Expired, (await DecidedAsync(prompt)).Outcome);
    }

    [Fact]
    public async Task The_timers_of_an_instance_that_went_away_are_taken_over_by_one_that_runs()
    {
        await StartAsync();
        var prompt = Given.Prompt(stages: [Stage(TimeSpan.FromSeconds(8))], at: Now);
        await Host.Desk.OpenAsync(prompt, TestContext.Current.CancellationToken);
        await Eventually.Async(async () => await LeftBehindAsync(prompt.TicketId) == 2);
        // Either of the two may have heard of it and set the timer; only the one that goes away keeps it.
        await ForgetTimersAsync(Last, prompt.TicketId);
        await StopFirstAsync();
        Assert.Equal(ApprovalStatus.Pending, (await Host.ReviewAsync(prompt.TicketId)).Status);

        Assert.Equal(ApprovalStatus.Expired, (await DecidedAsync(prompt)).Outcome);
    }

    [Fact]
    public async Task An_engine_that_could_not_start_is_told_by_its_health_check_and_the_service_runs()
    {
        Assert.Equal(HealthStatus.Healthy, await HealthAsync());
        await Host.ReadAsync(store => store.Database.ExecuteSqlRawAsync(store.Database.IsSqlite() ? "drop table \"Triggers\"" : "drop table elsa.\"Triggers\""));
        await Host.ReadAsync(store => store.Database.ExecuteSqlRawAsync(store.Database.IsSqlite() ? "drop table \"WorkflowDefinitions\"" : "drop table elsa.\"WorkflowDefinitions\""));
        await StopAsync();

        await StartAsync();

        Assert.Equal(HealthStatus.Unhealthy, await HealthAsync());
    }

    private static async Task ForgetTimersAsync(ApprovalsHost host, string id)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var bookmarks = await scope.ServiceProvider.GetRequiredService<IBookmarkStore>().FindManyAsync(new BookmarkFilter { WorkflowInstanceId = id });
        await scope.ServiceProvider.GetRequiredService<IBookmarkScheduler>().UnscheduleAsync(bookmarks);
    }

    private async Task<HealthStatus> HealthAsync() =>
        (await Host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(check => check.Name == "engine", TestContext.Current.CancellationToken)).Entries["engine"].Status;

    private async Task<WorkflowSubStatus?> StateAsync(string id)
    {
        await using var scope = Host.Services.CreateAsyncScope();
        return (await scope.ServiceProvider.GetRequiredService<IWorkflowInstanceStore>().FindAsync(new WorkflowInstanceFilter { Id = id }))?.SubStatus;
    }
}

public sealed class ElsaEngine_Tests : ElsaConformance;

public sealed class ElsaEngineOnPostgreSql_Tests(Databases databases) : ElsaConformance
{
    protected override int Racing => 2;

    protected override Task<TestDatabase> DatabaseAsync() => databases.NewAsync("PostgreSql");
}
#endif
