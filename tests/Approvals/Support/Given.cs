using Approvals.Identity;
using Contracts;
using Contracts.Api;
using Contracts.Messages;

namespace Approvals.Tests.Support;

/// <summary>Prompts and people to test with. Every default can be decided by one person of "reviewers" within ten minutes.</summary>
internal static class Given
{
    public const string Digest = "5f2b7c9a";
    public static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    public static ReviewStage Stage(string groups = "reviewers", int people = 1, int minutes = 10, OnDeadline then = OnDeadline.Reject) =>
        new(groups.Split(','), people, TimeSpan.FromMinutes(minutes), then);

    public static PromptParked Prompt(
        string? id = null, ReviewStage[]? stages = null, int undoSeconds = 0, int score = 70, string caller = "carol", DateTimeOffset? at = null, string? owner = null, string? issuedBy = null, Finding[]? findings = null) => new()
    {
        TicketId = id ?? $"apr_{Guid.NewGuid():N}",
        Caller = new CallerRef(caller, caller, ["engineering"], owner, IssuedBy: issuedBy),
        Route = "/v1/chat/completions",
        Model = "echo",
        Digest = Digest,
        PolicyVersion = "1",
        Rule = "park-secrets",
        Score = score,
        Findings = findings ??
        [
            new Finding
            {
                Detector = "secrets.generic", Category = RiskCategory.Secret, Type = "SECRET", Path = "/messages/0/content",
                Start = 3, End = 9, Confidence = 0.9, Reason = "Looks like a key.",
            },
        ],
        Excerpt = "use [SECRET] to sign in",
        Stages = stages ?? [Stage()],
        UndoWindow = TimeSpan.FromSeconds(undoSeconds),
        ParkedAt = at ?? Start,
    };

    public static Reviewer Person(string name, params string[] groups) =>
        new(name, name, (groups.Length == 0 ? ["reviewers"] : groups).ToHashSet(), ReviewKinds.All, ReadsAll: false, BreaksGlass: false);

    /// <summary>Somebody who may release alone, in none of the groups that are asked.</summary>
    public static Reviewer Emergency(string name = "eve") =>
        new(name, name, new HashSet<string> { "on-call" }, ReviewKinds.Only(), ReadsAll: true, BreaksGlass: true);

    public static BreakGlass Glass(string reason = "Nobody of the group answers.", Guid? operation = null, string digest = Digest) =>
        new() { OperationId = operation ?? Guid.NewGuid(), Digest = digest, Reason = reason };

    public static Finding Finding(RiskCategory kind, double confidence = 0.9) => new()
    {
        Detector = "test", Category = kind, Type = "TEST", Path = "/messages/0/content", Start = 0, End = 1, Confidence = confidence, Reason = "For a test.",
    };

    public static CastVote Yes(Guid? operation = null, string digest = Digest) =>
        new() { OperationId = operation ?? Guid.NewGuid(), Approve = true, Digest = digest };

    public static CastVote No(string? reason = "Contains a live key.", Guid? operation = null) =>
        new() { OperationId = operation ?? Guid.NewGuid(), Approve = false, Reason = reason, Digest = Digest };

    public static ReviewOperation Operation() => new(Guid.NewGuid());
}
