using Contracts.Messages;

namespace Contracts.Api;

/// <summary>A row of the queue or of the history. No prompt text beyond the masked excerpt.</summary>
public sealed record ReviewSummary
{
    /// <summary>The ticket's id: one review per ticket.</summary>
    public required string Id { get; init; }
    public required ApprovalStatus Status { get; init; }

    /// <summary>Grows by one with every change of this review; a lower one is stale news.</summary>
    public required long Version { get; init; }

    /// <summary>Grows over all reviews; ask for changes after the highest one seen to catch up.</summary>
    public required long Sequence { get; init; }
    public required CallerRef Caller { get; init; }
    public required string Route { get; init; }
    public required string Model { get; init; }
    public required int Score { get; init; }
    public required IReadOnlyList<string> FindingTypes { get; init; }
    public required string Excerpt { get; init; }
    public required string Rule { get; init; }

    /// <summary>
    /// The same for prompts of one caller, route, model and rule whose words are the same but for hidden values and numbers:
    /// what may be decided together. Empty where nothing may be.
    /// </summary>
    public string Pattern { get; init; } = "";

    /// <summary>0-based stage in force and how many there are.</summary>
    public required int Stage { get; init; }
    public required int Stages { get; init; }

    /// <summary>Groups whose people may vote in this stage.</summary>
    public required IReadOnlyList<string> Groups { get; init; }

    /// <summary>Distinct approvals given in this stage, and needed.</summary>
    public required int Approvals { get; init; }
    public required int Needed { get; init; }
    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>When this stage ends; null once decided.</summary>
    public DateTimeOffset? DeadlineAt { get; init; }

    /// <summary>End of the undo window of an approved review; else null.</summary>
    public DateTimeOffset? ReleaseAt { get; init; }
    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>Who is looking, while the lease lasts.</summary>
    public ClaimView? Claim { get; init; }
    public required IReadOnlyList<PersonRef> DecidedBy { get; init; }

    /// <summary>Who released this alone, past everybody who was asked; null when nobody did.</summary>
    public PersonRef? BrokeGlass { get; init; }
}

/// <param name="Since">When this person began to look; a claim that is renewed goes on.</param>
/// <param name="Writing">They have begun to write a reason or an edit.</param>
public sealed record ClaimView(PersonRef Person, DateTimeOffset Until, DateTimeOffset? Since = null, bool Writing = false);
