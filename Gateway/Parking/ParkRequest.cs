using System.Text.Json.Serialization;
using Contracts;
using Contracts.Messages;
using Gateway.Audit;
using Gateway.Prompts;

namespace Gateway.Parking;

/// <summary>A prompt that needs people, or only a ticket to be polled by, as the proxy hands it over.</summary>
internal sealed record ParkRequest
{
    public required CallerRef Caller { get; init; }
    public required string InteractionId { get; init; }
    public required Prompt Prompt { get; init; }
    public required string PolicyVersion { get; init; }
    public required string Rule { get; init; }
    public required int Score { get; init; }
    public required IReadOnlyList<Finding> Findings { get; init; }
    public required IReadOnlyList<ReviewStage> Stages { get; init; }
    /// <summary>What the policy knew, for the trail.</summary>
    public string? Judged { get; init; }
    public required TimeSpan UndoWindow { get; init; }
    public required string Excerpt { get; init; }

    /// <summary>See <see cref="PromptParked.Whole"/>.</summary>
    public bool Whole { get; init; }

    /// <summary>See <see cref="PromptParked.Pattern"/>.</summary>
    public string Pattern { get; init; } = "";

    /// <summary>How long the connection waits at most; null for a caller who polls.</summary>
    public DateTimeOffset? PatientUntil { get; init; }

    /// <summary>The caller polls; nobody waits on a connection.</summary>
    public bool Async { get; init; }

    /// <summary>The caller's own name for this call, in place of its content; null when none was sent.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>The caller wants a review of its own even if the same prompt waits already.</summary>
    public bool AlwaysNew { get; init; }

    /// <summary>The caller polls by the response's own id.</summary>
    public bool Background { get; init; }

    /// <summary>Set where it is the answer that waits for people: the model's, sealed up.</summary>
    public byte[]? Answer { get; init; }

    /// <summary>The record of the model's call, where it was called before.</summary>
    public TrailEntry? Interaction { get; init; }

    /// <summary>Set where policy lets the prompt pass and only the way of answering needs a ticket.</summary>
    public Waiver? Waiver { get; init; }

    /// <summary>Set where nobody sent it: it measures how people decide.</summary>
    public KnownMark? Known { get; init; }
}

/// <summary>On a ticket that no caller opened. It is shown to people as any other, and never goes to a model.</summary>
internal sealed record KnownMark(Guid CaseId, KnownCase Case)
{
    /// <summary>Whose ticket it is: no credential leads to this.</summary>
    [JsonIgnore]
    public string Owner => OwnerOf(CaseId);

    /// <summary>As the trail names the case.</summary>
    [JsonIgnore]
    public string Subject => $"knw_{CaseId:N}";

    public static string OwnerOf(Guid caseId) => $"known:{caseId:N}";
}

/// <summary>The answer to a released prompt, which needs people as well.</summary>
internal sealed record AnswerParkRequest
{
    /// <summary>The answer, as bytes to be sealed.</summary>
    public required byte[] Held { get; init; }
    public required string PolicyVersion { get; init; }
    public required string Rule { get; init; }
    public required int Score { get; init; }
    public required IReadOnlyList<Finding> Findings { get; init; }
    public required IReadOnlyList<ReviewStage> Stages { get; init; }
    public required TimeSpan UndoWindow { get; init; }
    public required string Excerpt { get; init; }
    public required string Judged { get; init; }
}
