using Gateway.Load;

namespace Gateway.Upstreams;

/// <summary>Adds up what is spent waiting for others while one answer comes in and goes out.</summary>
/// <param name="share">Of the gateway's work, which waiting is no part of; null where it is not counted.</param>
internal sealed class OthersTime(TimeProvider clock, OwnWork.Share? share = null)
{
    public TimeSpan Total { get; private set; }

    public async ValueTask<T> AwaitAsync<T>(ValueTask<T> others)
    {
        if (others.IsCompletedSuccessfully) return others.Result;
        var started = clock.GetTimestamp();
        share?.Leave();
        try
        {
            return await others;
        }
        finally
        {
            share?.Return();
            Total += clock.GetElapsedTime(started);
        }
    }

    public async ValueTask AwaitAsync(ValueTask others)
    {
        if (others.IsCompletedSuccessfully) return;
        var started = clock.GetTimestamp();
        share?.Leave();
        try
        {
            await others;
        }
        finally
        {
            share?.Return();
            Total += clock.GetElapsedTime(started);
        }
    }
}
