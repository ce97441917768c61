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

    /// <summary>What a reviewer asks and nobody has answered; answer it at <c>/v1/approvals/{id}/answer</c>.</summary>
    public string? Question { get; init; }

    /// <summary>What a rejection is about, in one word; only once rejected, and only where policy tells reasons.</summary>
    public RejectCause? Cause { get; init; }

    /// <summary>People changed the prompt before they released it: the answer is to what they made of it.</summary>
    public bool? Edited { get; init; }

    /// <summary>Set once there is something to fetch.</summary>
    public string? ResultUrl { get; init; }

    /// <param name="tellReason">Whether the reviewers' words may be shown to the caller.</param>
    public static TicketView Of(Ticket ticket, Outlook? outlook, bool tellReason) => new()
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
        Question = ticket.Status == ApprovalStatus.Pending ? ticket.Questions.FirstOrDefault(question => question.AnsweredAt is null)?.Text : null,
        Cause = tellReason ? ticket.Cause : null,
        Edited = ticket.Edited is not null && ticket.Status.IsDecided() ? true : null,
        ResultUrl = ticket.Status.IsSettled() ? $"/v1/approvals/{ticket.Id}/result" : null,
    };
}

/// <summary>A caller's words to a reviewer's question.</summary>
/// <param name="Answer">1 to 4,000 characters.</param>
internal sealed record CallerAnswer(string? Answer)
{
    public const int Longest = 4_000;
}
