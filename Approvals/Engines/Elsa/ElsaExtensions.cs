using Approvals.Storage;
using Elsa.Common;
using Elsa.Extensions;
using Elsa.Persistence.EFCore.Modules.Management;
using Elsa.Persistence.EFCore.Modules.Runtime;
using Elsa.Scheduling;
using Elsa.Workflows.Runtime.Distributed.Extensions;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Shared;

namespace Approvals.Engines.Elsa;

internal static class ElsaExtensions
{
    /// <summary>Longer than any burst of one review; whoever waits longer tries again on its own.</summary>
    public static readonly TimeSpan LockPatience = TimeSpan.FromSeconds(30);

    /// <summary>Elsa 3, with its tables in the schema <c>elsa</c> of the approvals database.</summary>
    public static IHostApplicationBuilder AddElsaEngine(this IHostApplicationBuilder builder)
    {
        var database = builder.Configuration.GetSection(StorageExtensions.Section).Get<DatabaseOptions>() ?? new DatabaseOptions();
        var services = builder.Services;
        services.AddElsa(elsa => elsa
            .UseWorkflowManagement(management => management.UseEntityFrameworkCore(store => store.UseDatabase(database)))
            .UseWorkflowRuntime(runtime =>
            {
                runtime.UseEntityFrameworkCore(store => store.UseDatabase(database));
                runtime.DistributedLockProvider = _ => ElsaDatabase.Locks(database);
                runtime.DistributedLockingOptions = locking => locking.LockAcquisitionTimeout = LockPatience;
                // The local runtime let a decision and a deadline both win in one race of ten.
                runtime.UseDistributedRuntime();
            })
            .UseScheduling()
            .AddActivity<ReviewClock>()
            .AddWorkflow<ReviewWorkflow>());
        services.AddSingleton<IStoreMigration>(provider => new ElsaMigration<ManagementElsaDbContext>(provider, database));
        services.AddSingleton<IStoreMigration>(provider => new ElsaMigration<RuntimeElsaDbContext>(provider, database));

        services.Replace(ServiceDescriptor.Singleton<ISystemClock, HouseClock>());
        services.AddSingleton<ElsaTimers>().Replace(ServiceDescriptor.Singleton<IScheduler>(provider => provider.GetRequiredService<ElsaTimers>()));
        services.AddSingleton<ReviewTimes>().AddSingleton<ElsaEngine>().AddSingleton<IReviewEngine>(provider => provider.GetRequiredService<ElsaEngine>());
        // Stopped before Elsa, which is registered above, and after the bus, which is registered later.
        services.AddHostedService(provider => provider.GetRequiredService<ElsaTimers>());
        services.AddSingleton<ElsaSweep>().AddHostedService(provider => provider.GetRequiredService<ElsaSweep>());
        services.AddHealthChecks().AddCheck<ElsaHealth>("engine", timeout: TimeSpan.FromSeconds(5));
        return builder;
    }
}
