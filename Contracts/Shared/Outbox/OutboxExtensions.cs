using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Shared;

internal static class OutboxExtensions
{
    public static IServiceCollection AddOutbox<TStore>(this IServiceCollection services) where TStore : DbContext => services
        .AddSingleton<OutboxSignal<TStore>>()
        .AddKeyedSingleton<IInterceptor>(typeof(TStore), (provider, _) => provider.GetRequiredService<OutboxSignal<TStore>>())
        .AddSingleton<OutboxMetrics<TStore>>()
        .AddOnceOpen<OutboxDispatcher<TStore>>();
}
