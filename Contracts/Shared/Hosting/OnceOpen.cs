using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Shared;

/// <summary>
/// Background work that nobody waits for begins when the doors are open. Begun with the rest it takes the processors from
/// what callers wait for.
/// </summary>
internal sealed class OnceOpen<T>(T work, IHostApplicationLifetime host) : BackgroundService where T : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using (host.ApplicationStarted.Register(() => open.TrySetResult()))
        using (stoppingToken.Register(() => open.TrySetCanceled(stoppingToken)))
        {
            await ((Task)open.Task).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        if (stoppingToken.IsCancellationRequested) return;
        await work.StartAsync(stoppingToken);
        await work.ExecuteTask!; // there since it was started; what it throws reaches the host as if it stood there itself
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await work.StopAsync(cancellationToken);
    }
}

internal static class OnceOpenExtensions
{
    /// <summary>In place of <c>AddHostedService</c>; the service itself is a singleton.</summary>
    public static IServiceCollection AddOnceOpen<T>(this IServiceCollection services) where T : BackgroundService => services.AddSingleton<T>().AddHostedService<OnceOpen<T>>();
}
