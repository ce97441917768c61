using Contracts.Messages;

namespace Contracts.Api;

/// <summary>One interaction as it is on record: what was asked and decided, by whom, and what proves it. Without text.</summary>
public sealed record InteractionView
{
    public required string Id { get; init; }
    public string? TicketId { get; init; }
    public required string Actor { get; init; }
    public string? ActorName { get; init; }
    public required DateTimeOffset At { get; init; }
    public string? Route { get; init; }
    public string? Model { get; init; }
    public int? Score { get; init; }
    public string? Decision { get; init; }
    public string? Rule { get; init; }
    public string? PolicyVersion { get; init; }
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>All that happened to it, oldest first.</summary>
    public required IReadOnlyList<ProvenEntryView> Entries { get; init; }
    public required TextState Texts { get; init; }

    /// <summary>A legal hold keeps its texts from being erased.</summary>
    public required bool Held { get; init; }
}

/// <summary>Whether the texts of an interaction can be opened.</summary>
public enum TextState
{
    Kept,
    Erased,

    /// <summary>Nothing of it was stored.</summary>
    None,
}

/// <summary>An entry, and the signed checkpoint that covers it; null while it is too new for one.</summary>
public sealed record ProvenEntryView(TrailEntryView Entry, long? Checkpoint, DateTimeOffset? SignedAt);

/// <summary>Opens the texts of an interaction, or sends them again. The reason, 3 to 500 characters, is on record before anything is shown.</summary>
public sealed record OpenInteraction(string Reason);

/// <summary>The texts of an interaction, with every sensitive value masked.</summary>
public sealed record OpenedInteraction
{
    /// <summary>What the caller sent.</summary>
    public required IReadOnlyList<PromptPartView> Request { get; init; }

    /// <summary>What people made of it before they released it, one after the other.</summary>
    public IReadOnlyList<OpenedEdit> Edits { get; init; } = [];

    /// <summary>What left to the caller; empty where nothing has.</summary>
    public required IReadOnlyList<PromptPartView> Answer { get; init; }

    /// <summary>Of an answer that was streamed: when which part of it left.</summary>
    public required IReadOnlyList<AnswerMoment> Times { get; init; }

    /// <summary>Whether the stored texts are those whose digests the trail holds.</summary>
    public required bool Genuine { get; init; }
}

/// <summary>A text that people put in the place of the one before.</summary>
/// <param name="Changes">From that one to this; hidden values as <c>⟦TYPE⟧</c>.</param>
/// <param name="Sent">It is the one that went to the model.</param>
public sealed record OpenedEdit(PersonRef By, DateTimeOffset At, string? Model, IReadOnlyList<PartChange> Changes, bool Sent);

/// <param name="Ms">Since the answer began.</param>
/// <param name="Bytes">That had left by then.</param>
public sealed record AnswerMoment(double Ms, int Bytes);

/// <param name="InteractionId">The new one.</param>
/// <param name="TicketId">Where policy asks for people, what they decide about; they are others than whoever sent it.</param>
/// <param name="StatusCode">What a caller would have got.</param>
public sealed record ResentInteraction(string InteractionId, string? TicketId, int StatusCode);

/// <summary>Judges a recorded interaction by another policy; no model is called.</summary>
/// <param name="Policy">A version such as <c>v12</c>, or a draft's id.</param>
public sealed record JudgeAgain(string Policy);

/// <param name="Then">What was decided, by which rule.</param>
/// <param name="Now">What that policy would decide.</param>
public sealed record JudgedAgain(Judgement Then, Judgement Now);

public sealed record Judgement(string Decision, string Rule, string Policy);
