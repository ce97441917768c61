namespace Contracts.Messages;

/// <summary>
/// Approvals → gateway's trail: a person did something with a review (vote, claim, undo, broken glass). What decided is told with
/// <see cref="ReviewDecided"/>.
/// </summary>
public sealed record PersonActed
{
    /// <summary>Same id, same entry: redelivery does not record twice.</summary>
    public required Guid ActionId { get; init; }
    public required PersonRef Person { get; init; }

    /// <summary>Noun-past word: <c>vote.approve</c>, <c>vote.reject</c>, <c>approval.undone</c>, <c>claim.taken</c>, <c>glass.broken</c>, <c>alert.dismissed</c>.</summary>
    public required string Action { get; init; }
    public required string TicketId { get; init; }
    public string? Reason { get; init; }
    public required DateTimeOffset At { get; init; }
}
