using Contracts.Messages;

namespace Contracts.Api;

/// <summary>"Allow this caller, this pattern, for a while, so often": made from a review that people released.</summary>
public sealed record GrantView
{
    public required string Id { get; init; }

    /// <summary>The review it was made from.</summary>
    public required string TicketId { get; init; }
    public required CallerRef Caller { get; init; }
    public required string Route { get; init; }
    public required string Model { get; init; }

    /// <summary>The rule whose parking it stands in for; another rule's it does not.</summary>
    public required string Rule { get; init; }

    /// <summary>A prompt with a finding of another type is not covered.</summary>
    public required IReadOnlyList<string> FindingTypes { get; init; }

    /// <summary>Nor one that scores higher.</summary>
    public required int Score { get; init; }

    /// <summary><c>proposed</c> (more people have to agree), <c>active</c>, <c>used up</c>, <c>expired</c> or <c>revoked</c>.</summary>
    public required string Status { get; init; }
    public required IReadOnlyList<PersonRef> GrantedBy { get; init; }

    /// <summary>Distinct people it takes: as many as the review did.</summary>
    public required int Needed { get; init; }
    public required string Reason { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>How long it lasts from the moment enough people have agreed.</summary>
    public required int Minutes { get; init; }

    /// <summary>Null before enough people have agreed.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
    public required int Uses { get; init; }
    public required int MostUses { get; init; }
    public PersonRef? RevokedBy { get; init; }
    public DateTimeOffset? RevokedAt { get; init; }
}

/// <param name="OperationId">Chosen by the client, and the grant's id: sent again, it is the same grant.</param>
/// <param name="Minutes">1 to 480, from the moment enough people have agreed.</param>
/// <param name="Uses">1 to 100.</param>
/// <param name="Reason">3 to 500 characters.</param>
public sealed record MakeGrant(Guid OperationId, string TicketId, int Minutes, int Uses, string Reason);

/// <param name="Reason">3 to 500 characters.</param>
public sealed record RevokeGrant(string Reason);
