using Contracts;
using Contracts.Api;
using Contracts.Messages;

namespace ApprovalsUI.Tests.Backend;

/// <summary>People and plain reviews to build on.</summary>
public static class Sample
{
    public static IReadOnlyList<PersonView> People { get; } =
    [
        new("riley", "Riley Chen", ["reviewers", "security"], [Permissions.Review, Permissions.Reveal, Permissions.ReadTrail]),
        new("morgan", "Morgan Okafor", ["reviewers"], [Permissions.Review, Permissions.Reveal]),
        new("sam", "Sam Lindqvist", ["support"], [Permissions.Review]),
        new("eve", "Eve Novak", ["on-call"], [Permissions.BreakGlass]),
    ];

    public static string TokenOf(PersonView person) => "token-of-" + person.Subject;

    public static ReviewDetail Review(string id, DateTimeOffset now, int score = 72, int minutesLeft = 12, string caller = "Ada's batch job") => new()
    {
        Summary = new()
        {
            Id = id,
            Status = ApprovalStatus.Pending,
            Version = 0,
            Sequence = 0,
            Caller = new("svc-ada", caller, ["engineering"]),
            Route = "/v1/chat/completions",
            Model = "gpt-4.1",
            Score = score,
            FindingTypes = ["EMAIL_ADDRESS"],
            Excerpt = "Please write to [EMAIL_1] about the invoice.",
            Rule = "personal-data",
            Stage = 0,
            Stages = 1,
            Groups = ["reviewers"],
            Approvals = 0,
            Needed = 1,
            OpenedAt = now.AddMinutes(-3),
            DeadlineAt = now.AddMinutes(minutesLeft),
            DecidedBy = [],
        },
        Digest = "9f2c" + id,
        PolicyVersion = "7",
        Findings = [Finding("EMAIL_ADDRESS", RiskCategory.Personal, "pii.email", 0.98, "An address of a person, with a valid domain.")],
        Stages = [new(["reviewers"], 1, TimeSpan.FromMinutes(15), OnDeadline.Reject)],
        Votes = [],
    };

    public static PromptView Prompt(ReviewDetail review, params PromptPartView[] parts) => new()
    {
        TicketId = review.Summary.Id,
        Digest = review.Digest,
        Model = review.Summary.Model,
        Parts = parts.Length > 0 ? parts : [Part("user", new("Please write to ", null, false), new("[EMAIL_1]", 0, true), new(" about the invoice.", null, false))],
    };

    public static PromptPartView Part(string role, params PromptRun[] runs) => new("/messages/0/content", role, "text", runs);

    public static Finding Finding(string type, RiskCategory category, string detector, double confidence, string reason) => new()
    {
        Detector = detector,
        Category = category,
        Type = type,
        Path = "/messages/0/content",
        Start = 0,
        End = 1,
        Confidence = confidence,
        Reason = reason,
    };

    public static TrailEntryView Entry(long sequence, DateTimeOffset at, string kind, string actor, string? outcome) => new()
    {
        Sequence = sequence,
        At = at,
        Kind = kind,
        Actor = actor,
        Outcome = outcome,
        FindingTypes = [],
    };
}
