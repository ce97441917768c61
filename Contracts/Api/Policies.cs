using Contracts.Messages;

namespace Contracts.Api;

/// <summary>What is in force, what was, and what is being changed.</summary>
public sealed record PolicyOverview
{
    /// <summary>Number of the version in force.</summary>
    public required int Current { get; init; }

    /// <summary>Newest first, at most 50.</summary>
    public required IReadOnlyList<PolicyVersionView> Versions { get; init; }

    /// <summary>Last changed first, at most 50; those that are over are at the end.</summary>
    public required IReadOnlyList<PolicyDraftView> Drafts { get; init; }
}

/// <summary>One version of the policy, unchangeable.</summary>
public sealed record PolicyVersionView
{
    public required int Number { get; init; }

    /// <summary><c>first</c>, <c>draft</c>, <c>rollback</c> or <c>emergency</c>.</summary>
    public required string Origin { get; init; }
    public required PersonRef Author { get; init; }

    /// <summary>Who agreed; null where nobody had to.</summary>
    public PersonRef? Approver { get; init; }
    public required DateTimeOffset At { get; init; }
    public string? Reason { get; init; }
    public int? RolledBackTo { get; init; }
    public string? DraftId { get; init; }

    /// <summary>Of an emergency that nobody else has looked at yet.</summary>
    public required bool AwaitsReview { get; init; }
    public PersonRef? ReviewedBy { get; init; }

    /// <summary>The YAML; left out in lists.</summary>
    public string? Text { get; init; }

    /// <summary>Against the version before; left out in lists.</summary>
    public IReadOnlyList<DiffLine>? Diff { get; init; }
}

public sealed record PolicyDraftView
{
    public required string Id { get; init; }
    public required int Base { get; init; }

    /// <summary><c>open</c>, <c>proposed</c>, <c>approved</c>, <c>rejected</c> or <c>withdrawn</c>.</summary>
    public required string Status { get; init; }
    public required PersonRef Author { get; init; }
    public string? Note { get; init; }
    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>Send it back with a change: an older one is refused.</summary>
    public required int Version { get; init; }

    /// <summary>An approval names it, so that it is about the words that were read.</summary>
    public required string Digest { get; init; }
    public required bool Shadow { get; init; }
    public PersonRef? DecidedBy { get; init; }
    public DateTimeOffset? DecidedAt { get; init; }
    public string? Reason { get; init; }
    public int? Became { get; init; }
    public string? Text { get; init; }
    public IReadOnlyList<DiffLine>? Diff { get; init; }

    /// <summary>What it would have done to the week before it was proposed.</summary>
    public WhatIfReport? WhatIf { get; init; }

    /// <summary>What judging along has counted: decision in force, decision of the draft, times.</summary>
    public IReadOnlyList<ShadowDifference>? Shadowed { get; init; }
}

public sealed record ShadowDifference(string Now, string Then, long Times);

/// <param name="Change"><c>same</c>, <c>added</c> or <c>removed</c>.</param>
public sealed record DiffLine(string Change, string Text);

/// <param name="Line">1-based; 0 where it is about the whole.</param>
public sealed record PolicyProblem(int Line, string Message);

public sealed record PolicyCheckResult(IReadOnlyList<PolicyProblem> Errors);

public sealed record CheckPolicy(string Text);

/// <param name="Version">The version of the draft that was changed; null for a new one.</param>
public sealed record WriteDraft(string Text, string? Note, int? Version);

/// <param name="Digest">Of the words that were read.</param>
public sealed record ApproveDraft(string Digest, string? Reason);

/// <param name="Reason">3 to 500 characters.</param>
public sealed record PolicyReason(string Reason);

/// <param name="Current">The version in force as the client knows it; another one is a conflict.</param>
public sealed record RollBackPolicy(int Current, string Reason);

/// <param name="Current">The version in force as the client knows it; another one is a conflict.</param>
public sealed record TightenPolicy(int Current, string Text, string Reason);

public sealed record ShadowDraft(bool On);

/// <summary>Moves lines of the thresholds in a policy's text and leaves every other letter alone.</summary>
public sealed record MoveThresholds(string Text, int Mask, int Park, int Block);

/// <summary>What a policy would have done to recorded traffic.</summary>
/// <param name="Text">The policy's YAML; null for the one in force.</param>
/// <param name="Days">1 to 31, back from now.</param>
public sealed record AskWhatIf(string? Text, int Days);

/// <summary>Recorded traffic judged again by two policies.</summary>
public sealed record WhatIfReport
{
    public required DateTimeOffset From { get; init; }
    public required DateTimeOffset To { get; init; }

    /// <summary>How many prompts were judged.</summary>
    public required int Judged { get; init; }

    /// <summary>There were more; the newest were judged.</summary>
    public required bool Truncated { get; init; }

    /// <summary>Prompts by what the policy in force, and the other, would do: forward, mask, park, block.</summary>
    public required IReadOnlyDictionary<string, int> Now { get; init; }
    public required IReadOnlyDictionary<string, int> Then { get; init; }

    /// <summary>101 counts: prompts by score, 0 to 100.</summary>
    public required IReadOnlyList<int> Scores { get; init; }

    /// <summary>Reviews that would have been asked for, by day (UTC).</summary>
    public required IReadOnlyList<ReviewsPerDay> Days { get; init; }

    /// <summary>The same by group of the callers; a caller without groups is under an empty name.</summary>
    public required IReadOnlyList<ReviewsPerGroup> Groups { get; init; }

    /// <summary>How many would be treated otherwise, and the newest of them, at most 200.</summary>
    public required int Changed { get; init; }
    public required IReadOnlyList<ChangedDecision> Changes { get; init; }

    /// <summary>People released it; now it would be refused.</summary>
    public required int ReleasedNowBlocked { get; init; }

    /// <summary>People rejected it, or nobody decided; now it would go to the model unasked.</summary>
    public required int RejectedNowForwarded { get; init; }
}

public sealed record ReviewsPerDay(DateOnly Day, int Now, int Then);

public sealed record ReviewsPerGroup(string Group, int Prompts, int Now, int Then);

/// <param name="People">What people decided about it, in the trail's word; null where nobody was asked.</param>
public sealed record ChangedDecision(
    string InteractionId, string? TicketId, DateTimeOffset At, string Caller, string Model, int Score, string Now, string NowRule, string Then, string ThenRule, string? People);
