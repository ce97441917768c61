namespace Contracts.Api;

/// <summary>Asks to erase texts for good: of tickets or interactions, or all of one caller. What the trail says about them stays, and can still be verified.</summary>
public sealed record EraseTexts
{
    /// <summary>Ids of tickets and interactions, at most 500.</summary>
    public IReadOnlyList<string> Ids { get; init; } = [];

    /// <summary>All that this caller sent, and its answers, up to <see cref="Before"/>.</summary>
    public string? Subject { get; init; }
    public DateTimeOffset? Before { get; init; }

    /// <summary>Whose request, or which rule: 3 to 2,000 characters.</summary>
    public required string Reason { get; init; }
}

/// <param name="Erased">Interactions whose texts are gone now.</param>
/// <param name="Held">Left because a legal hold covers them.</param>
/// <param name="Open">Left because people still decide, or the model still answers.</param>
public sealed record ErasedTexts(int Erased, int Held, int Open);

/// <summary>Keeps texts from being erased: of a caller, of an interaction, of a time, or of a caller in a time.</summary>
public sealed record PlaceHold
{
    public required Guid OperationId { get; init; }
    public string? Subject { get; init; }
    public string? InteractionId { get; init; }
    public DateTimeOffset? From { get; init; }
    public DateTimeOffset? To { get; init; }
    public required string Reason { get; init; }
}

public sealed record LiftHold(string Reason);

public sealed record HoldView
{
    public required Guid Id { get; init; }
    public string? Subject { get; init; }
    public string? InteractionId { get; init; }
    public DateTimeOffset? From { get; init; }
    public DateTimeOffset? To { get; init; }
    public required string Reason { get; init; }
    public required string PlacedBy { get; init; }
    public required DateTimeOffset PlacedAt { get; init; }
    public DateTimeOffset? LiftedAt { get; init; }
}
