using System.ComponentModel.DataAnnotations;

namespace Gateway.Webhooks;

internal sealed class WebhookOptions
{
    public const string Section = "Webhooks";

    /// <summary>Allows private, loopback and link-local addresses. Off, because a caller's URL must not become a way into the network.</summary>
    public bool AllowPrivate { get; set; }

    /// <summary>Then the notice is given up; the ticket can still be polled.</summary>
    [Range(1, 30)]
    public int MostAttempts { get; set; } = 8;

    /// <summary>After the first failure; doubled after each further one, to an hour at most.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
    public TimeSpan FirstBackoff { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>For one attempt, connecting included.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(10);
}
