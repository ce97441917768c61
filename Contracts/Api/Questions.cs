namespace Contracts.Api;

/// <summary>Who asked for this? By the exact text, a similar one, or words of it. Text never stands in an address: it comes in a body.</summary>
public sealed record WhoAsked
{
    /// <summary>Up to 20,000 characters.</summary>
    public required string Text { get; init; }
    public DateTimeOffset? From { get; init; }
    public DateTimeOffset? To { get; init; }
}

/// <param name="How"><c>exact</c>, <c>similar</c> or <c>words</c>.</param>
/// <param name="Likeness">0 to 1: the part of the words in common, or 1 for the exact text.</param>
public sealed record AskedBy(string InteractionId, DateTimeOffset At, string Actor, string? ActorName, string? Model, string? Outcome, string How, double Likeness);

/// <summary>Did a protected value ever leave? By its type, or by the value itself, which is not stored and not recorded.</summary>
public sealed record DidItLeave
{
    /// <summary>Such as <c>CREDIT_CARD</c>; needed unless a value is given.</summary>
    public string? Type { get; init; }
    public string? Value { get; init; }
    public DateTimeOffset? From { get; init; }
    public DateTimeOffset? To { get; init; }
}

/// <param name="Where"><c>model</c> where it was sent to one, <c>caller</c> where an answer had it, <c>nowhere</c> where it was masked or refused.</param>
public sealed record LeftBy(string InteractionId, DateTimeOffset At, string Actor, string? ActorName, string? Model, string Type, string Where);

/// <summary>Did anybody get past a rule?</summary>
public sealed record WhoGotPast
{
    public DateTimeOffset? From { get; init; }
    public DateTimeOffset? To { get; init; }
}

/// <param name="How"><c>glass broken</c>, <c>grant</c>, <c>reveal</c>, <c>policy changed</c> (relaxed within the hour before a prompt its author sent), <c>older version</c> (judged by one that was not in force any more).</param>
public sealed record GotPast(string How, DateTimeOffset At, string Actor, string? ActorName, string? InteractionId, string? TicketId, string Says);

/// <param name="Items">The newest, at most 500.</param>
/// <param name="Looked">Interactions that were looked at.</param>
/// <param name="More">There are more than are listed.</param>
public sealed record Found<T>(IReadOnlyList<T> Items, long Looked, bool More);
