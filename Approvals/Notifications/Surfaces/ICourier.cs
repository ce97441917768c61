namespace Approvals.Notifications.Surfaces;

/// <summary>Brings a message to where its channel leads.</summary>
internal interface ICourier
{
    IReadOnlyList<ChannelKind> Kinds { get; }

    /// <summary>One attempt, bounded in time. It throws only when the host stops.</summary>
    Task<Delivery> SendAsync(Channel channel, NoticeMessage message, CancellationToken ct);
}

/// <param name="Fault">What went wrong, in a word that repeats nothing of the message or its address.</param>
/// <param name="RetryAfter">How long the other side wants to be left alone.</param>
internal sealed record Delivery(bool Taken, string Fault = "", TimeSpan? RetryAfter = null)
{
    public static Delivery Done { get; } = new(true);
}
