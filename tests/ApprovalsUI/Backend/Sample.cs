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

    /// <summary>Writes, approves and audits the policy, and manages keys.</summary>
    public static PersonView Ada { get; } = new("ada", "Ada Brandt", ["admins"], [Permissions.Review, Permissions.ReadTrail, Permissions.EditPolicy, Permissions.ApprovePolicy, Permissions.ManageKeys]);

    /// <summary>Approves the policy and does not write it.</summary>
    public static PersonView Noor { get; } = new("noor", "Noor Haddad", ["admins"], [Permissions.Review, Permissions.ApprovePolicy]);

    /// <summary>Reads the trail and manages what is kept; may not see masked values.</summary>
    public static PersonView Dana { get; } = new("dana", "Dana Weiss", ["privacy"], [Permissions.ReadTrail, Permissions.ManageData]);

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

    public static PolicyVersionView Version(int number, string origin, PersonRef author) => new()
    {
        Number = number,
        Origin = origin,
        Author = author,
        At = new(2026, 11, 22, 13, 30, 0, TimeSpan.Zero),
        AwaitsReview = origin == "emergency",
        Text = FakePolicies.Text,
        Diff = [new("same", "thresholds:"), new("removed", "  park: 65"), new("added", "  park: 60")],
    };

    public static PolicyDraftView Draft(Guid id, PersonRef author, string status = "open") => new()
    {
        Id = $"dft_{id:N}",
        Base = 1,
        Status = status,
        Author = author,
        Note = "Too many reviews.",
        ChangedAt = new(2026, 11, 22, 13, 45, 0, TimeSpan.Zero),
        Version = 1,
        Digest = "5f2c9a7788990011",
        Shadow = false,
        Text = FakePolicies.Text.Replace("park: 60", "park: 70", StringComparison.Ordinal),
        Diff = [new("same", "thresholds:"), new("removed", "  park: 60"), new("added", "  park: 70")],
        WhatIf = status == "open" ? null : FakePolicies.Report(3),
    };

    public static ApiKeyView Key(string account, DateTimeOffset issuedAt, int days = 90) => new()
    {
        Id = Guid.NewGuid(),
        Subject = "account/" + account,
        Name = $"The key of {account}",
        Groups = ["engineering"],
        Models = ["gpt-*"],
        Routes = [],
        Hint = "x7Qm",
        Owner = "riley",
        IssuedBy = new("ada", "Ada Brandt"),
        IssuedAt = issuedAt,
        ExpiresAt = issuedAt.AddDays(days),
    };

    /// <summary>In force, and never used.</summary>
    public static GrantView Grant(string id, DateTimeOffset now) => new()
    {
        Id = id,
        TicketId = "apr_1",
        Caller = new("svc-ada", "Ada's batch job", ["engineering"]),
        Route = "/v1/chat/completions",
        Model = "gpt-4.1",
        Rule = "personal-data",
        FindingTypes = ["EMAIL_ADDRESS"],
        Score = 72,
        Status = "active",
        GrantedBy = [new("morgan", "Morgan Okafor")],
        Needed = 1,
        Reason = "The nightly job.",
        CreatedAt = now,
        Minutes = 30,
        ExpiresAt = now.AddMinutes(30),
        Uses = 0,
        MostUses = 10,
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

    /// <summary>Parked, released and answered; its texts kept and closed.</summary>
    public static InteractionView Interaction(string id, DateTimeOffset at) => new()
    {
        Id = id,
        TicketId = "apr_1",
        Actor = "svc-ada",
        ActorName = "Ada's batch job",
        At = at,
        Route = "/v1/chat/completions",
        Model = "gpt-4.1",
        Score = 72,
        Decision = "park",
        Rule = "personal-data",
        PolicyVersion = "v7",
        Findings = [Finding("EMAIL_ADDRESS", RiskCategory.Personal, "pii.email", 0.98, "An address of a person, with a valid domain.")],
        Entries =
        [
            new(Entry(40, at, "interaction", "svc-ada", "parked") with { ActorName = "Ada's batch job", InteractionId = id }, 12, at.AddMinutes(5)),
            new(Entry(41, at.AddMinutes(2), "vote.approve", "morgan", null) with { ActorName = "Morgan Okafor", Reason = "A test address." }, null, null),
        ],
        Texts = TextState.Kept,
        Held = false,
    };

    public static OpenedInteraction Opened(string answer, params AnswerMoment[] times) => new()
    {
        Request = [Part("user", new("Please write to ", null, false), new("[EMAIL_1]", 0, true), new(" about the invoice.", null, false))],
        Answer = [Part("assistant", new PromptRun(answer, null, false))],
        Times = times,
        Genuine = true,
    };

    public static KnownCaseView Known(Guid id, DateTimeOffset at) => new()
    {
        Id = id, Name = "Key in a log", Route = "/v1/chat/completions", Model = "gpt-4.1", Caller = "svc-ada", Expected = KnownAnswer.Reject, Why = "contains a live AWS key", AddedBy = new("ada", "Ada Brandt"), AddedAt = at, Standing = KnownStanding.Asks,
    };

    public static HoldView Hold(Guid id, DateTimeOffset at) => new() { Id = id, Subject = "svc-ada", Reason = "Case 17.", PlacedBy = "dana", PlacedAt = at };
}
