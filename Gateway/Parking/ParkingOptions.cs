using System.ComponentModel.DataAnnotations;

namespace Gateway.Parking;

internal sealed class ParkingOptions
{
    public const string Section = "Parking";

    /// <summary>How long after its end a ticket still answers the same call with its stored result.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "30.00:00:00")]
    public TimeSpan LifeAfterEnd { get; set; } = TimeSpan.FromHours(1);

    /// <summary>
    /// Undecided tickets and unfinished background runs one caller may have; the next prompt gets 429, so that one broken agent cannot flood the reviewers.
    /// Counted in the transaction that parks: several gateways at once may overshoot by as many as race.
    /// </summary>
    [Range(1, 1_000_000)]
    public int MostPerCaller { get; set; } = 100;

    /// <summary>Longest time a caller's headers are withheld, whatever its patience.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan LongestHold { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Withheld before a stream opens, so that an instant denial is a real 403.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:30")]
    public TimeSpan StreamGrace { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Between two signs of life in a silent stream.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan KeepAlive { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Longest time a stream is kept open for a decision; then it ends saying that the prompt still waits.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan LongestStream { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long one execution holds the right to call the model before somebody else may try; renewed while it runs.</summary>
    [Range(typeof(TimeSpan), "00:00:05", "01:00:00")]
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>
    /// An undecided ticket is told to approvals again after this time, in case a message was lost; later after as long as it has waited, up to ten
    /// times this: thousands that wait for hours are no work.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:05", "1.00:00:00")]
    public TimeSpan AnnounceAgain { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>The rows that callers wait for are looked at this often, all together, although no message came: a message is a hint.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan LookAgain { get; set; } = TimeSpan.FromSeconds(2);
}
