using Approvals.Identity;
using Contracts;
using Contracts.Messages;

namespace Approvals.Workflow;

/// <summary>
/// A parked prompt's way through people; the only place where its state changes.
/// <code>
/// Pending ─► Approved (undo window) ─► Releasing ─► Completed | Failed
///    │           └► Revoked, Cancelled
///    └► Rejected, Expired, Cancelled
/// </code>
/// Every stage that ends in <see cref="OnDeadline.Reject"/> needs its people's yes. A stage that ends in
/// <see cref="OnDeadline.NextStage"/> may be stood in for by the next one: silence calls other people, it never agrees.
/// One person alone can release by breaking the glass; that is no vote and never counts as one.
/// </summary>
internal sealed class Review
{
    public const int LongestId = 64;
    public const int ShortestGlassReason = 10;
    public const int LongestReason = 2_000;
    private static readonly TimeSpan LongestDeadline = TimeSpan.FromDays(366);
    private static readonly TimeSpan LongestUndo = TimeSpan.FromDays(1);
    private readonly List<Vote> votes = [];

    private Review()
    {
    }

    /// <summary>The ticket's id.</summary>
    public string Id { get; private init; } = "";

    /// <summary>Position among all reviews ever opened: its age, without ties.</summary>
    public long Number { get; private init; }
    public CallerRef Caller { get; private init; } = new("", "", []);
    public string Route { get; private init; } = "";
    public string Model { get; private init; } = "";
    public string Digest { get; private set; } = "";
    public string PolicyVersion { get; private init; } = "";
    public string Rule { get; private init; } = "";
    public int Score { get; private init; }
    public IReadOnlyList<Finding> Findings { get; private init; } = [];
    public string Excerpt { get; private set; } = "";
    public IReadOnlyList<ReviewStage> Stages { get; private init; } = [];
    public TimeSpan UndoWindow { get; private init; }
    public DateTimeOffset OpenedAt { get; private init; }

    /// <summary>The trace of the caller's request; what people decide goes on with it.</summary>
    public string? TraceParent { get; private init; }

    public ApprovalStatus Status { get; private set; }
    public int Stage { get; private set; }

    /// <summary>When time itself acts next: end of the stage, or of the undo window. Null when it never will.</summary>
    public DateTimeOffset? DueAt { get; private set; }
    public DateTimeOffset? DecidedAt { get; private set; }
    public IReadOnlyList<PersonRef> DecidedBy { get; private set; } = [];
    public string? Reason { get; private set; }
    public DateTimeOffset? SettledAt { get; private set; }
    public PersonRef? ClaimedBy { get; private set; }
    public DateTimeOffset? ClaimedUntil { get; private set; }
    public IReadOnlyList<Vote> Votes => votes;

    /// <summary>Who released this alone, and why; stays even when the release was taken back.</summary>
    public BrokenGlass? Glass { get; private set; }

    /// <summary>Grows by one with every stored change; the concurrency token.</summary>
    public long Version { get; private set; }

    /// <summary>Position of the last change among the changes of all reviews.</summary>
    public long Sequence { get; private set; }

    private ReviewStage Current => Stages[Stage];

    /// <summary>The first deadline runs from the moment of parking: a late message does not stretch the caller's wait.</summary>
    public static Review Open(PromptParked parked, long number, DateTimeOffset now, string? traceParent = null)
    {
        if (parked.Stages.Count == 0 || parked.Stages.Any(stage => stage.Groups.Count == 0 || stage.People < 1))
            throw new ArgumentException($"Ticket {parked.TicketId} has no stage, or one that nobody can serve.", nameof(parked));
        if (parked.Stages.Any(stage => stage.Deadline <= TimeSpan.Zero || stage.Deadline > LongestDeadline))
            throw new ArgumentException($"Ticket {parked.TicketId} has a stage whose deadline is not within 0 and {LongestDeadline}.", nameof(parked));
        if (parked.UndoWindow < TimeSpan.Zero || parked.UndoWindow > LongestUndo)
            throw new ArgumentException($"Ticket {parked.TicketId} has an undo window that is not within 0 and {LongestUndo}.", nameof(parked));

        var openedAt = parked.ParkedAt < now ? parked.ParkedAt : now;
        var review = new Review
        {
            Id = parked.TicketId,
            Number = number,
            Caller = parked.Caller,
            Route = parked.Route,
            Model = parked.Model,
            Digest = parked.Digest,
            PolicyVersion = parked.PolicyVersion,
            Rule = parked.Rule,
            Score = parked.Score,
            Findings = parked.Findings,
            Excerpt = parked.Excerpt,
            Stages = parked.Stages,
            UndoWindow = parked.UndoWindow,
            OpenedAt = openedAt,
            TraceParent = traceParent,
        };
        review.StartStage(0, openedAt);
        review.Elapse(now);
        return review;
    }

    /// <summary>Does what time has decided. Called before anything else is asked of a review, so nobody outruns a deadline.</summary>
    public void Elapse(DateTimeOffset now)
    {
        if (now < DueAt || DueAt is null) return;

        if (Status == ApprovalStatus.Approved) Finish(ApprovalStatus.Releasing);
        else if (Current.OnDeadline == OnDeadline.NextStage && Stage + 1 < Stages.Count) StartStage(Stage + 1, now);
        else Decide(ApprovalStatus.Expired, [], null, now);
    }

    public ReviewAnswer MayVote(Reviewer person, DateTimeOffset now)
    {
        if (IsOwn(person)) return ReviewAnswer.OwnPrompt;
        if (!person.IsIn(AllGroups)) return ReviewAnswer.NotInGroup;
        if (Status != ApprovalStatus.Pending || now >= DueAt) return ReviewAnswer.Decided;
        if (!person.IsIn(Current.Groups)) return ReviewAnswer.NotInGroup;
        if (!person.Kinds.Cover(Findings)) return ReviewAnswer.OtherKind;
        if (votes.Any(vote => vote.Subject == person.Subject && (vote.Stage == Stage || IsCarried(vote.Stage)))) return ReviewAnswer.AlreadyVoted;
        return ClaimAt(now) is { } holder && holder.Subject != person.Subject ? ReviewAnswer.Claimed : ReviewAnswer.Accepted;
    }

    /// <summary>One no decides. A yes decides when it is the last of the distinct people that the last stage needs.</summary>
    public ReviewAnswer Cast(Reviewer person, bool approve, string? reason, string digest, DateTimeOffset now)
    {
        var answer = MayVote(person, now);
        if (answer != ReviewAnswer.Accepted) return answer;
        if (digest != Digest) return ReviewAnswer.OtherText;
        if (!approve && string.IsNullOrWhiteSpace(reason)) return ReviewAnswer.ReasonMissing;

        votes.Add(new Vote { Stage = Stage, Subject = person.Subject, Name = person.Name, Approve = approve, Reason = reason, At = now });
        ClearClaim();
        if (!approve) Decide(ApprovalStatus.Rejected, [person.Ref], reason, now);
        else if (IsCarried(Stage)) PassStage(now);
        return ReviewAnswer.Accepted;
    }

    public ReviewAnswer MayBreakGlass(Reviewer person, DateTimeOffset now)
    {
        if (IsOwn(person)) return ReviewAnswer.OwnPrompt;
        if (!person.BreaksGlass) return ReviewAnswer.MayNotBreakGlass;
        return Status != ApprovalStatus.Pending || now >= DueAt ? ReviewAnswer.Decided : ReviewAnswer.Accepted;
    }

    /// <summary>
    /// Releases at once, whoever else was asked, claims or has voted: meant for when none of them is there. Everything after
    /// it is as after any yes, its undo window too.
    /// </summary>
    public ReviewAnswer BreakGlass(Reviewer person, string? reason, string digest, DateTimeOffset now)
    {
        var answer = MayBreakGlass(person, now);
        if (answer != ReviewAnswer.Accepted) return answer;
        if (digest != Digest) return ReviewAnswer.OtherText;
        var said = reason?.Trim() ?? "";
        if (said.Length is < ShortestGlassReason or > LongestReason) return ReviewAnswer.ReasonUnusable;

        Glass = new BrokenGlass(person.Ref, said, now);
        Approve([person.Ref], now);
        return ReviewAnswer.Accepted;
    }

    /// <summary>A lease: taken again by its holder it is renewed; it frees itself.</summary>
    public ReviewAnswer Claim(Reviewer person, TimeSpan lease, DateTimeOffset now)
    {
        var answer = MayVote(person, now);
        if (answer != ReviewAnswer.Accepted) return answer;

        var renewed = ClaimAt(now) is not null;
        (ClaimedBy, ClaimedUntil) = (person.Ref, now + lease);
        return renewed ? ReviewAnswer.Renewed : ReviewAnswer.Accepted;
    }

    /// <summary>Letting go of what one does not hold is no mistake and changes nothing.</summary>
    public ReviewAnswer LetGo(Reviewer person)
    {
        if (ClaimedBy?.Subject == person.Subject) ClearClaim();
        return ReviewAnswer.Accepted;
    }

    /// <summary>Takes a yes back inside its window. Stopping is the safe direction: anybody of any of the stages may, and who broke the glass.</summary>
    public ReviewAnswer Undo(Reviewer person, DateTimeOffset now)
    {
        if (IsOwn(person)) return ReviewAnswer.OwnPrompt;
        if (!person.IsIn(AllGroups) && Glass?.Person.Subject != person.Subject) return ReviewAnswer.NotInGroup;
        if (Status == ApprovalStatus.Pending) return ReviewAnswer.NothingToUndo;
        if (Status != ApprovalStatus.Approved || now >= DueAt) return ReviewAnswer.Decided;

        Decide(ApprovalStatus.Revoked, [person.Ref], null, now);
        return ReviewAnswer.Accepted;
    }

    /// <summary>The caller takes the prompt back; a decided review stays as it is.</summary>
    public void Cancel(DateTimeOffset now)
    {
        if (!Status.IsDecided()) Decide(ApprovalStatus.Cancelled, [], null, now);
    }

    /// <summary>What became of the release. False when there is none to settle.</summary>
    public bool Settle(ApprovalStatus outcome, DateTimeOffset at)
    {
        if (Status != ApprovalStatus.Releasing || outcome is not (ApprovalStatus.Completed or ApprovalStatus.Failed)) return false;

        SettledAt = at;
        Finish(outcome);
        return true;
    }

    /// <summary>What was shown of the prompt, and what could be tried out against it, goes. What people decided stays.</summary>
    public void Erase()
    {
        if (Status.IsDecided()) (Excerpt, Digest) = ("", "");
    }

    public IEnumerable<string> AllGroups => Stages.SelectMany(stage => stage.Groups).Distinct();

    public bool IsVisibleTo(Reviewer person) => person.ReadsAll || person.IsIn(AllGroups);

    /// <summary>Who answers for a caller decides about its prompts as little as the caller itself.</summary>
    public bool IsOwn(Reviewer person) => Caller.MayBe(person.Subject);

    public PersonRef? ClaimAt(DateTimeOffset now) => now < ClaimedUntil ? ClaimedBy : null;

    public int ApprovalsIn(int stage) => votes.Count(vote => vote.Stage == stage && vote.Approve);

    /// <summary>Gives the change its place; once for each transaction that changed something.</summary>
    public void Stamp(long sequence)
    {
        Version++;
        Sequence = sequence;
    }

    private bool IsCarried(int stage) => ApprovalsIn(stage) >= Stages[stage].People;

    private void PassStage(DateTimeOffset now)
    {
        var next = Stage;
        while (Stages[next].OnDeadline == OnDeadline.NextStage && next + 1 < Stages.Count) next++;
        if (++next < Stages.Count)
        {
            StartStage(next, now);
            return;
        }

        var people = votes.Where(vote => IsCarried(vote.Stage)).OrderBy(vote => vote.At).Select(vote => new PersonRef(vote.Subject, vote.Name));
        Approve([.. people], now);
    }

    private void Approve(IReadOnlyList<PersonRef> people, DateTimeOffset now)
    {
        Decide(ApprovalStatus.Approved, people, null, now);
        if (UndoWindow > TimeSpan.Zero) DueAt = now + UndoWindow;
        else Finish(ApprovalStatus.Releasing);
    }

    private void StartStage(int stage, DateTimeOffset from)
    {
        Stage = stage;
        DueAt = from + Stages[stage].Deadline;
        ClearClaim();
    }

    private void Decide(ApprovalStatus outcome, IReadOnlyList<PersonRef> people, string? reason, DateTimeOffset now)
    {
        (DecidedBy, DecidedAt, Reason) = (people, now, reason);
        Finish(outcome);
    }

    private void Finish(ApprovalStatus status)
    {
        Status = status;
        DueAt = null;
        ClearClaim();
    }

    private void ClearClaim() => (ClaimedBy, ClaimedUntil) = (null, null);
}
