using Contracts.Messages;

namespace Contracts.Api;

/// <summary>Adds a known case. The same operation id adds one.</summary>
public sealed record AddKnown
{
    /// <summary>The largest body, in bytes of UTF-8.</summary>
    public const int LargestBody = 64 * 1024;

    public required Guid OperationId { get; init; }

    /// <summary>For those who keep the cases; reviewers never see it. 3 to 100 characters.</summary>
    public required string Name { get; init; }

    /// <summary>The route a caller would have sent it to, e.g. <c>/v1/chat/completions</c>.</summary>
    public required string Route { get; init; }

    /// <summary>The request's body, as JSON text of at most 64 kB, its model included.</summary>
    public required string Body { get; init; }

    /// <summary>Subject of the caller that it seems to come from; one that is not known is made up.</summary>
    public required string Caller { get; init; }
    public required KnownAnswer Expected { get; init; }

    /// <summary>Why that is right, for whoever has answered: 3 to 300 characters.</summary>
    public required string Why { get; init; }
}

/// <param name="PerDay">How many are shown to reviewers a day; 0 is off.</param>
public sealed record KnownList(int PerDay, IReadOnlyList<KnownCaseView> Cases);

/// <summary>What every person who reviews is told.</summary>
/// <param name="PerDay">As many rows a day at most are known cases; 0 is none.</param>
public sealed record KnownNotice(int PerDay);

/// <summary>A known case without its text.</summary>
public sealed record KnownCaseView
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public required string Route { get; init; }
    public required string Model { get; init; }
    public required string Caller { get; init; }
    public required KnownAnswer Expected { get; init; }
    public required string Why { get; init; }
    public required PersonRef AddedBy { get; init; }
    public required DateTimeOffset AddedAt { get; init; }

    /// <summary>What today's policy said when it was last asked.</summary>
    public required KnownStanding Standing { get; init; }

    /// <summary>When it was last put before people, as which ticket, and how that stands.</summary>
    public DateTimeOffset? PlantedAt { get; init; }
    public string? TicketId { get; init; }
    public ApprovalStatus? Status { get; init; }
}

public enum KnownStanding
{
    /// <summary>Policy asks people about it.</summary>
    Asks,

    /// <summary>Policy forwards, masks or blocks it, so nobody is asked.</summary>
    DoesNotAsk,

    /// <summary>No upstream serves its model on its route.</summary>
    NoModel,
}
