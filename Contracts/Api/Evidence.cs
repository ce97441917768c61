namespace Contracts.Api;

/// <summary>Asks for a bundle of evidence: of a period, of one person or caller in it, or of one case.</summary>
public sealed record ExportEvidence
{
    /// <summary>The period's begin and its end, which it does not hold itself; the end is not in the future. Both are needed unless it is about a case.</summary>
    public DateTimeOffset? From { get; init; }
    public DateTimeOffset? To { get; init; }

    /// <summary>Only what this caller or person did, and what was decided about it.</summary>
    public string? Subject { get; init; }

    /// <summary>Only this ticket or interaction.</summary>
    public string? Case { get; init; }

    /// <summary>Why, for the trail: 3 to 2,000 characters.</summary>
    public required string Reason { get; init; }
}
