namespace Contracts.Messages;

/// <summary>Gateway → approvals: a prompt waits for people. Carries ids, scores and a masked excerpt; the text stays in the gateway's store.</summary>
public sealed record PromptParked
{
    public required string TicketId { get; init; }
    public required CallerRef Caller { get; init; }

    /// <summary>Path of the inference route, e.g. <c>/v1/chat/completions</c>.</summary>
    public required string Route { get; init; }
    public required string Model { get; init; }

    /// <summary>SHA-256 (hex) over {caller, route, model, canonical body, policy version}: what a decision is about.</summary>
    public required string Digest { get; init; }
    public required string PolicyVersion { get; init; }

    /// <summary>Name of the rule that asked for people.</summary>
    public required string Rule { get; init; }

    /// <summary>0 to 100.</summary>
    public required int Score { get; init; }
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>First words of the last turn with every finding masked; at most 200 characters.</summary>
    public required string Excerpt { get; init; }

    /// <summary>Snapshot of the rule's stages: a later policy change does not change who must decide this one.</summary>
    public required IReadOnlyList<ReviewStage> Stages { get; init; }

    /// <summary>How long a yes can be taken back before it releases; zero releases at once.</summary>
    public required TimeSpan UndoWindow { get; init; }
    public required DateTimeOffset ParkedAt { get; init; }
}

/// <summary>Who sent a prompt.</summary>
/// <param name="Owner">Subject of the person answerable for this caller, who decides about its prompts as little as it does itself; null when nobody is named.</param>
/// <param name="Credential">Which kind and which one it proved itself with, never the credential; null for a key of the configuration.</param>
/// <param name="IssuedBy">Subject of the person who issued its key and once saw it; null for callers with no issued key.</param>
public sealed record CallerRef(string Subject, string Name, IReadOnlyList<string> Groups, string? Owner = null, string? Credential = null, string? IssuedBy = null)
{
    /// <summary>Whether the prompts of this caller may be this person's own: then somebody else decides about them.</summary>
    public bool MayBe(string person) => person == Subject || person == Owner || person == IssuedBy;
}

/// <summary>One step of a review: so many distinct people of these groups, by then, or else.</summary>
/// <param name="Groups">Any of these groups may vote; people in more than one count once.</param>
/// <param name="People">Distinct people needed, 1 or more.</param>
/// <param name="Deadline">From the start of this stage.</param>
/// <param name="OnDeadline">What silence means. It is never a yes.</param>
public sealed record ReviewStage(IReadOnlyList<string> Groups, int People, TimeSpan Deadline, OnDeadline OnDeadline);

public enum OnDeadline
{
    Reject,
    NextStage,
}
