using Microsoft.Extensions.DependencyInjection;

namespace Shared;

/// <summary>What the start needs and what takes long to make is made on another processor, while the rest of the start goes on.</summary>
internal static class Ahead
{
    /// <summary>By a name and not by a type of ours: each service compiles this into itself, and one process may hold them all.</summary>
    private const string Key = "made ahead";

    public static IServiceCollection MakeAhead(this IServiceCollection services, Action<IServiceProvider> make) => services.AddKeyedSingleton(Key, make);

    /// <summary>One after the other in the order of their being added, which is that of their being needed.</summary>
    public static Task MakeAheadAsync(this IServiceProvider services) => Task.Run(() =>
    {
        foreach (var make in services.GetKeyedServices<Action<IServiceProvider>>(Key))
        {
            try
            {
                make(services);
            }
            // Whoever needs it meets the same fault, and has words for it.
            catch (Exception fault) when (fault is not OutOfMemoryException)
            {
            }
        }
    });
}
