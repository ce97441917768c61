using System.Diagnostics;

namespace Distributed.Support;

/// <summary>Waits for a condition, never for a time.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(25);

    public static async Task<T> Async<T>(Func<Task<T?>> look, string what) where T : class
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            if (await look() is { } found) return found;
            if (Stopwatch.GetElapsedTime(started) > Patience) throw new TimeoutException($"It did not happen that {what}.");
            await Task.Delay(Look, TimeProvider.System);
        }
    }

    public static Task TrueAsync(Func<Task<bool>> look, string what) => Async(async () => await look() ? "yes" : null, what);
}
