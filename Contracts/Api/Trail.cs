namespace Contracts.Api;

/// <summary>One line of the append-only trail. Digests stand for text.</summary>
public sealed record TrailEntryView
{
    /// <summary>Position in the trail; grows without reuse.</summary>
    public required long Sequence { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary><c>interaction</c>, <c>parked</c>, <c>joined</c> (the same call came again), <c>decision</c>, <c>execution</c>, <c>reveal</c>, <c>sign-in</c>, or a person's action such as <c>vote.approve</c>, <c>policy.draft</c> or <c>policy.version</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Who did it: a caller or a person.</summary>
    public required string Actor { get; init; }
    public string? ActorName { get; init; }
    public string? InteractionId { get; init; }
    public string? TicketId { get; init; }
    public string? Route { get; init; }
    public string? Model { get; init; }
    public int? Score { get; init; }
    public required IReadOnlyList<string> FindingTypes { get; init; }
    public string? Rule { get; init; }
    public string? PolicyVersion { get; init; }

    /// <summary>What the policy decided about a prompt: <c>forward</c>, <c>mask</c>, <c>park</c> or <c>block</c>.</summary>
    public string? Decision { get; init; }

    /// <summary>What a person's act was about, where that is no ticket: a draft, a key, a grant.</summary>
    public string? Subject { get; init; }

    /// <summary><c>forwarded</c>, <c>masked</c>, <c>parked</c>, <c>blocked</c>, <c>released</c>, <c>rejected</c>, …</summary>
    public string? Outcome { get; init; }
    public int? StatusCode { get; init; }
    public string? RequestDigest { get; init; }
    public string? AnswerDigest { get; init; }

    /// <summary>Whole time and time the upstream took, in milliseconds.</summary>
    public double? ElapsedMs { get; init; }
    public double? UpstreamMs { get; init; }

    /// <summary>A person's words or a fixed sentence; never prompt text.</summary>
    public string? Reason { get; init; }
}

/// <param name="Next">Cursor of the next, older page; null on the last.</param>
public sealed record TrailPage(IReadOnlyList<TrailEntryView> Items, long? Next);
