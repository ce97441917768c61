namespace Gateway.Tests.Support;

internal static class Eventually
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(15);

    /// <summary>Waits for a condition that no event announces.</summary>
    public static Task TrueAsync(Func<Task<bool>> condition, string what) => ValueAsync(async () => await condition() ? "" : null, what);

    /// <summary>Waits until there is something.</summary>
    public static async Task<T> ValueAsync<T>(Func<Task<T?>> find, string what) where T : class
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            if (await find() is { } found) return found;
            Assert.True(TimeProvider.System.GetElapsedTime(started) < Patience, $"Not in time: {what}.");
            await Task.Delay(Look, TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }
}
