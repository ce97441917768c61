namespace Gateway.Upstreams;

/// <summary>Adds up what is spent waiting for others while one answer comes in and goes out.</summary>
internal sealed class OthersTime(TimeProvider clock)
{
    public TimeSpan Total { get; private set; }

    public async ValueTask<T> AwaitAsync<T>(ValueTask<T> others)
    {
        if (others.IsCompletedSuccessfully) return others.Result;
        var started = clock.GetTimestamp();
        try
        {
            return await others;
        }
        finally
        {
            Total += clock.GetElapsedTime(started);
        }
    }

    public async ValueTask AwaitAsync(ValueTask others)
    {
        if (others.IsCompletedSuccessfully) return;
        var started = clock.GetTimestamp();
        try
        {
            await others;
        }
        finally
        {
            Total += clock.GetElapsedTime(started);
        }
    }
}
