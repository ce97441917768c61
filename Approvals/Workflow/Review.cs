using Approvals.Identity;
using Contracts;
using Contracts.Api;
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
/// Who changes the text puts another one in its place: what people said about the one before counts no more.
/// </summary>
internal sealed class Review
{
    public const int LongestId = 64;
    public const int ShortestGlassReason = 10;
    public const int LongestReason = 2_000;
    public const int ShortestReason = 3;
    public const int LongestQuestion = 1_000;
    private const int MostNotes = 50;
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

    /// <summary>The caller's, to be found by.</summary>
    public string CallerSubject { get; private init; } = "";
    public string Route { get; private init; } = "";
    public string Model { get; private set; } = "";
    public string Digest { get; private set; } = "";
    public string PolicyVersion { get; private init; } = "";
    public string Rule { get; private init; } = "";
    public int Score { get; private init; }
    public IReadOnlyList<Finding> Findings { get; private set; } = [];
    public string Excerpt { get; private set; } = "";

    /// <summary>A model would read nothing that the excerpt does not show, masked.</summary>
    public bool Whole { get; private set; }
    public string Pattern { get; private set; } = "";

    /// <summary>Of the text as it was parked, in UTF-16 units.</summary>
    public int Length { get; private init; }

    /// <summary>Set where the right answer is known. In nothing that a person sees before they have answered.</summary>
    public KnownCase? Known { get; private init; }

    /// <summary>As the rule said, but for groups that passed it on.</summary>
    public IReadOnlyList<ReviewStage> Stages { get; private set; } = [];
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
    public RejectCause? Cause { get; private set; }
    public DateTimeOffset? SettledAt { get; private set; }
    public PersonRef? ClaimedBy { get; private set; }
    public DateTimeOffset? ClaimedUntil { get; private set; }
    public DateTimeOffset? ClaimedSince { get; private set; }
    public bool ClaimedForWriting { get; private set; }

    /// <summary>How often people have changed the text; 0 is the caller's own.</summary>
    public int Edition { get; private set; }

    /// <summary>What people did besides voting, oldest first.</summary>
    public IReadOnlyList<ReviewNote> Notes { get; private set; } = [];
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
            CallerSubject = parked.Caller.Subject,
            Route = parked.Route,
            Model = parked.Model,
            Digest = parked.Digest,
            PolicyVersion = parked.PolicyVersion,
            Rule = parked.Rule,
            Score = parked.Score,
            Findings = parked.Findings,
            Excerpt = parked.Excerpt,
            Whole = parked.Whole,
            Stages = parked.Stages,
            UndoWindow = parked.UndoWindow,
            OpenedAt = openedAt,
            TraceParent = traceParent,
            Pattern = parked.Pattern,
            Length = parked.Length,
            Known = parked.Known,
        };
        review.StartStage(0, openedAt);
        if (parked.Edited is { } edited) review.Take(edited, openedAt);
        review.Elapse(now);
        return review;
    }

    /// <summary>
    /// A text that people have changed comes in the place of the one that waited. Everybody who has to agree agrees to this
    /// one, from the first stage on; the time that was left is not stretched.
    /// </summary>
    /// <returns>False when it is known already, or nothing waits any more.</returns>
    public bool Take(EditedPrompt edited, DateTimeOffset now)
    {
        if (Status != ApprovalStatus.Pending || now >= DueAt || edited.Number <= Edition) return false;
        var setAside = votes.Select(vote => vote.Name).Distinct().ToList();
        (Edition, Digest, Model, Findings, Excerpt, Whole) = (edited.Number, edited.Digest, edited.Model, edited.Findings, edited.Excerpt, edited.Whole);
        Pattern = ""; // it is not like the others any more
        votes.Clear();
        Stage = 0;
        Note(new ReviewNote(ReviewNoteKind.Edited, edited.By, edited.At, setAside.Count == 0 ? null : $"Yes to the text before, set aside: {string.Join(", ", setAside)}"));
        return true;
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
    /// <param name="cause">Of a no; a yes has none.</param>
    /// <param name="remark">Ours, kept behind the reason; it never stands for one.</param>
    public ReviewAnswer Cast(Reviewer person, bool approve, string? reason, string digest, DateTimeOffset now, RejectCause? cause = null, string? remark = null)
    {
        var answer = MayVote(person, now);
        if (answer != ReviewAnswer.Accepted) return answer;
        if (digest != Digest) return ReviewAnswer.OtherText;
        if (string.IsNullOrWhiteSpace(reason) && (!approve || Current.Reason)) return ReviewAnswer.ReasonMissing;
        if (approve && !HasLooked(person, now)) return ReviewAnswer.NotLooked;

        reason = Remarked(reason, remark);
        var looked = Known is not null && ClaimAt(now)?.Subject == person.Subject ? now - ClaimedSince : null;
        votes.Add(new Vote { Stage = Stage, Subject = person.Subject, Name = person.Name, Approve = approve, Reason = reason, Cause = approve ? null : cause, At = now, Looked = looked });
        ClearClaim();
        if (!approve) Decide(ApprovalStatus.Rejected, [person.Ref], reason, now, cause);
        else if (IsCarried(Stage)) PassStage(now);
        return ReviewAnswer.Accepted;
    }

    public static string? Remarked(string? reason, string? remark) => (reason, remark) switch
    {
        (_, null) => reason,
        (null or "", _) => $"({remark})",
        _ => $"{reason} ({remark})",
    };

    /// <summary>Whether a yes needs the person's own words.</summary>
    public bool NeedsReason => Current.Reason;

    /// <summary>How long a prompt as long as this must have been before somebody who says yes.</summary>
    public TimeSpan Look => Current.LookFor(Length);

    /// <summary>Where the stage's people may pass it to: only groups the rule names.</summary>
    public IReadOnlyList<string> PassesTo => [.. (Current.PassTo ?? []).Except(Current.Groups)];

    /// <summary>Other people are asked in place of this stage's, as many as before and by the same time. They may pass it back.</summary>
    public ReviewAnswer Pass(Reviewer person, string group, string? reason, DateTimeOffset now)
    {
        var answer = MayVote(person, now);
        if (answer != ReviewAnswer.Accepted) return answer;
        if (!PassesTo.Contains(group)) return ReviewAnswer.MayNotPass;
        if (reason?.Trim().Length is not (>= ShortestReason and <= LongestReason)) return ReviewAnswer.ReasonUnusable;
        if (Notes.Count >= MostNotes) return ReviewAnswer.TooMuchSaid;

        Stages = [.. Stages.Select((stage, at) => at == Stage ? stage with { Groups = [group], PassTo = [.. stage.Groups.Union(stage.PassTo!)] } : stage)]; // it names the group
        Note(new ReviewNote(ReviewNoteKind.Passed, person.Ref, now, reason.Trim(), group));
        Pattern = ""; // it has come a way of its own
        ClearClaim();
        return ReviewAnswer.Accepted;
    }

    /// <summary>The caller is asked something; the deadline stands.</summary>
    public ReviewAnswer Ask(Reviewer person, string? question, DateTimeOffset now)
    {
        var answer = MayVote(person, now);
        if (answer != ReviewAnswer.Accepted) return answer;
        if (question?.Trim().Length is not (>= ShortestReason and <= LongestQuestion)) return ReviewAnswer.ReasonUnusable;
        if (Notes.Count >= MostNotes) return ReviewAnswer.TooMuchSaid;

        Note(new ReviewNote(ReviewNoteKind.Asked, person.Ref, now, question.Trim()));
        return ReviewAnswer.Accepted;
    }

    /// <summary>The caller has said something to a question. It is worth a look only while something waits.</summary>
    public bool Answered(DateTimeOffset at)
    {
        if (Status != ApprovalStatus.Pending || Notes.Count >= MostNotes || Notes.Any(note => note.Kind == ReviewNoteKind.Answered && note.At == at)) return false;
        Note(new ReviewNote(ReviewNoteKind.Answered, null, at));
        return true;
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
    /// <param name="writing">Whether they write a reason or another text; others may know.</param>
    public ReviewAnswer Claim(Reviewer person, TimeSpan lease, DateTimeOffset now, bool writing = false)
    {
        var answer = MayVote(person, now);
        if (answer != ReviewAnswer.Accepted) return answer;

        var renewed = ClaimAt(now) is not null;
        (ClaimedBy, ClaimedUntil, ClaimedForWriting) = (person.Ref, now + lease, writing);
        if (!renewed) ClaimedSince = now;
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
        if (Status.IsDecided()) (Excerpt, Digest, Pattern) = ("", "", "");
    }

    /// <summary>Who is, was or will be asked. Who passed it on goes on seeing what becomes of it.</summary>
    public IEnumerable<string> AllGroups => Stages.SelectMany(stage => Notes.Any(note => note.Kind == ReviewNoteKind.Passed) ? stage.Groups.Concat(stage.PassTo ?? []) : stage.Groups).Distinct();

    /// <summary>What a known case came to for this person; null before they have answered, and of what is none.</summary>
    public KnownResult? KnownTo(Reviewer person)
    {
        if (Known is not { } known) return null;
        var said = votes.LastOrDefault(vote => vote.Subject == person.Subject)?.Approve ?? (Glass?.Person.Subject == person.Subject ? true : null);
        if (said is null && !Status.IsDecided()) return null;
        return new KnownResult(known.Expected, known.Why, said is null || Edition > 0 || person.Subject == known.By ? null : said == (known.Expected == KnownAnswer.Release));
    }

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

    private bool HasLooked(Reviewer person, DateTimeOffset now) =>
        Look == TimeSpan.Zero || (ClaimAt(now)?.Subject == person.Subject && now - ClaimedSince >= Look);

    private void Note(ReviewNote note) => Notes = [.. Notes, note];

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

    private void Decide(ApprovalStatus outcome, IReadOnlyList<PersonRef> people, string? reason, DateTimeOffset now, RejectCause? cause = null)
    {
        (DecidedBy, DecidedAt, Reason, Cause) = (people, now, reason, cause);
        Finish(outcome);
    }

    private void Finish(ApprovalStatus status)
    {
        Status = status;
        DueAt = null;
        ClearClaim();
    }

    private void ClearClaim() => (ClaimedBy, ClaimedUntil, ClaimedSince, ClaimedForWriting) = (null, null, null, false);
}
