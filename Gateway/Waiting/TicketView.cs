using Contracts;
using Gateway.Parking;

namespace Gateway.Waiting;

/// <summary>A ticket as its caller sees it while polling.</summary>
internal sealed record TicketView
{
    public required string Id { get; init; }
    public string Object { get; init; } = "approval";

    /// <summary>pending, approved, releasing, completed, failed, rejected, expired, cancelled or revoked.</summary>
    public required string Status { get; init; }
    public required string Route { get; init; }
    public required string Model { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>Calls that joined this ticket instead of opening another.</summary>
    public required int Joins { get; init; }

    /// <summary>1 is next among the prompts that wait for the same people; only while pending.</summary>
    public int? Position { get; init; }

    /// <summary>When silence ends it at the latest; only while pending.</summary>
    public DateTimeOffset? DeadlineAt { get; init; }

    /// <summary>Median time people took lately for prompts like it, in seconds; only while pending and once enough are known.</summary>
    public double? TypicalWaitSeconds { get; init; }

    /// <summary>Set once there is something to fetch.</summary>
    public string? ResultUrl { get; init; }

    public static TicketView Of(Ticket ticket, Outlook? outlook) => new()
    {
        Id = ticket.Id,
        Status = ticket.Status.Word(),
        Route = ticket.Route,
        Model = ticket.Model,
        CreatedAt = ticket.ParkedAt,
        DecidedAt = ticket.DecidedAt,
        Joins = ticket.Joins,
        Position = outlook?.Position,
        DeadlineAt = outlook?.DeadlineAt,
        TypicalWaitSeconds = outlook?.TypicalWait?.TotalSeconds,
        ResultUrl = ticket.Status.IsSettled() ? $"/v1/approvals/{ticket.Id}/result" : null,
    };
}
