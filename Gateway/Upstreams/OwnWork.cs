using System.ComponentModel.DataAnnotations;
using Gateway.Dialects;
using Gateway.Prompts;
using Microsoft.Extensions.Options;

namespace Gateway.Upstreams;

/// <summary>How much the gateway takes on at once.</summary>
internal sealed class LoadOptions
{
    public const string Section = "Load";

    /// <summary>Calls that are read, judged, masked or recorded at once. Whoever waits for a model or for people is none of them.</summary>
    [Range(1, 100_000)]
    public int MostAtOnce { get; set; } = 256;
}

/// <summary>There is more to do than can be done soon; the caller may try again in a moment.</summary>
internal sealed class OverloadedException() : PromptRefusedException(
    new ApiError(StatusCodes.Status503ServiceUnavailable, "overloaded", "The gateway has more to do than it can do soon. Nothing was sent on; try again in a moment."));

/// <summary>
/// Counts the calls that need the gateway's own hands, and takes no more than it can do soon: what is refused at once can be
/// sent again, and what was taken keeps its time.
/// </summary>
internal sealed class OwnWork(IOptions<LoadOptions> options)
{
    private int now;

    public bool IsFull => Volatile.Read(ref now) >= options.Value.MostAtOnce;

    /// <exception cref="OverloadedException" />
    public Share Take()
    {
        if (Interlocked.Increment(ref now) <= options.Value.MostAtOnce) return new Share(this);
        Interlocked.Decrement(ref now);
        throw new OverloadedException();
    }

    /// <summary>One call's part of it. However its waits overlap, it is counted once at most, and not at all when the call is over.</summary>
    public sealed class Share(OwnWork work) : IDisposable
    {
        private const int Away = 0, Counted = 1, Over = 2;
        private int state = Counted;

        /// <summary>Others are waited for. What comes back is not refused any more, however much there is to do.</summary>
        public void Leave()
        {
            if (Interlocked.CompareExchange(ref state, Away, Counted) == Counted) Interlocked.Decrement(ref work.now);
        }

        public void Return()
        {
            if (Interlocked.CompareExchange(ref state, Counted, Away) == Away) Interlocked.Increment(ref work.now);
        }

        public void Dispose()
        {
            if (Interlocked.Exchange(ref state, Over) == Counted) Interlocked.Decrement(ref work.now);
        }
    }
}
