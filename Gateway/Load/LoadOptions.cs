using System.ComponentModel.DataAnnotations;

namespace Gateway.Load;

/// <summary>How much the gateway takes on at once.</summary>
internal sealed class LoadOptions
{
    public const string Section = "Load";

    /// <summary>
    /// Calls that are judged, masked or recorded at once. Whoever waits for a model or for people is none of them. The default is
    /// 16 for each processor: more at once is not more in a second, and each takes longer.
    /// </summary>
    [Range(1, 100_000)]
    public int MostAtOnce { get; set; } = 16 * Environment.ProcessorCount;

    /// <summary>Calls that wait for their turn; one more is refused. How long they wait is what so many take: a few hundred are a fraction of a second.</summary>
    [Range(0, 100_000)]
    public int MostWaiting { get; set; } = 256;

    /// <summary>A call waits for its turn so long, also where nothing moves.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:01:00")]
    public TimeSpan LongestWait { get; set; } = TimeSpan.FromSeconds(5);
}
