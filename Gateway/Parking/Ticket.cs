using Contracts;
using Contracts.Messages;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shared;

namespace Gateway.Parking;

/// <summary>
/// A caller's handle on a parked prompt. Its status changes only here and only forward; every such write names the
/// <see cref="Version"/> it saw, so that of two writers one wins and the other looks again. Joining is no change of status:
/// <see cref="ParkingLot"/> counts it in one statement, so that any number of calls may join at once.
/// </summary>
internal sealed class Ticket
{
    public required string Id { get; init; }
    public ApprovalStatus Status { get; private set; } = ApprovalStatus.Pending;
    public int Version { get; private set; }

    public required string CallerSubject { get; init; }
    public required CallerRef Caller { get; init; }
    public required string InteractionId { get; init; }
    public required string Route { get; init; }
    public required string Model { get; init; }
    public required bool Streams { get; init; }

    /// <summary>SHA-256 over {caller, route, model, canonical body, policy version}.</summary>
    /// <remarks>Of what the caller sent; people may have decided about an <see cref="Edition"/> of it.</remarks>
    public required string Digest { get; set; }
    public required string BodyDigest { get; set; }
    public required string PolicyVersion { get; init; }
    public required string Rule { get; init; }
    public required int Score { get; init; }
    public required IReadOnlyList<Finding> Findings { get; init; }
    public required IReadOnlyList<ReviewStage> Stages { get; init; }
    /// <summary>Masked first words, for the queue.</summary>
    public required string Excerpt { get; set; }
    public required TimeSpan UndoWindow { get; init; }
    public required IReadOnlyDictionary<string, string> ForwardedHeaders { get; init; }
    public required Guid RequestText { get; init; }

    /// <summary>What the trail keeps of the prompt's text.</summary>
    public required string TextDigest { get; init; }
    public required DateTimeOffset ParkedAt { get; init; }

    /// <summary>The trace of the request that parked it; its execution goes on with that.</summary>
    public string? TraceParent { get; init; }

    /// <summary>Names this very call while it can be joined: {caller, route, body} or the caller's own idempotency key. Unique; null once its life is over.</summary>
    public string? JoinKey { get; private set; }

    /// <summary>The caller polls instead of waiting, so nobody has to be there for the execution.</summary>
    public bool Async { get; private set; }

    /// <summary>When the connection that waits is answered or given up at the latest; null while none does. Like <see cref="Joins"/> no change of status.</summary>
    public DateTimeOffset? CallerUntil { get; private set; }

    /// <summary>Asked for with <c>background: true</c>: the caller polls by the response's own id.</summary>
    public bool Background { get; init; }

    /// <summary>Set where it is the answer that waits for people: what the model said, as it came. The model is not called again.</summary>
    public Guid? HeldText { get; init; }

    /// <summary>The ticket of the prompt whose answer this one holds; null for a prompt's own.</summary>
    public string? Origin { get; init; }

    /// <summary>The ticket that holds this one's answer: whoever asks for this one means that one.</summary>
    public string? ContinuedBy { get; private set; }

    /// <summary>Set where no caller opened it: people's answer is measured, and ends it.</summary>
    public KnownMark? Known { get; init; }

    /// <summary>Calls that came back to this ticket instead of opening another.</summary>
    public int Joins { get; private set; }

    public DateTimeOffset? DecidedAt { get; private set; }
    public IReadOnlyList<PersonRef> DecidedBy { get; private set; } = [];
    public string? Reason { get; private set; }

    public RejectCause? Cause { get; private set; }

    /// <summary>See <see cref="PromptParked.Pattern"/> and <see cref="PromptParked.Length"/>.</summary>
    public string Pattern { get; private set; } = "";
    public int Length { get; init; }

    /// <summary>What people have made of the prompt, one after the other.</summary>
    public IReadOnlyList<Edition> Editions { get; private set; } = [];

    /// <summary>The text people decided about, by its digest; null while undecided.</summary>
    public string? DecidedDigest { get; private set; }

    /// <summary>What the caller was asked, oldest first.</summary>
    public IReadOnlyList<Question> Questions { get; private set; } = [];

    /// <summary>The edited text that waits, or was decided about, or was sent where its answer waits; null where that is the caller's own.</summary>
    public Edition? Edited => DecidedDigest is { } decided && HeldText is null ? Editions.LastOrDefault(edition => edition.Digest == decided) : Latest;

    /// <summary>Of what waits: an edit's own, or an answer's with its prompt's.</summary>
    public string ReviewedDigest => HeldText is null && Edited is { } edition ? edition.Digest : Digest;
    public IReadOnlyList<Finding> ReviewedFindings => HeldText is null && Edited is { } edition ? edition.Findings : Findings;

    private Edition? Latest => Editions.Count > 0 ? Editions[^1] : null;

    /// <summary>Times the model was called for this release; above 1 only after a crash in between.</summary>
    public int Attempts { get; private set; }
    public DateTimeOffset? LeaseUntil { get; private set; }
    public int? ResultStatus { get; private set; }
    public string? ResultType { get; private set; }
    public Guid? ResultText { get; private set; }

    /// <summary>From here on the same call opens a new ticket, and a release nobody came for is over; null while undecided.</summary>
    public DateTimeOffset? LivesUntil { get; private set; }

    /// <summary>When to tell approvals of this ticket again, in case they never heard; null once decided.</summary>
    public DateTimeOffset? AnnounceAt { get; private set; }

    /// <summary>When silence ends it at the latest: every stage in turn, to the first that rejects.</summary>
    public DateTimeOffset DeadlineAt => ParkedAt + TimeSpan.FromTicks(Stages.Take(1 + Stages.TakeWhile(s => s.OnDeadline == OnDeadline.NextStage).Count()).Sum(s => s.Deadline.Ticks));

    /// <summary>Released, not polled, and its caller did not come back in time.</summary>
    public bool IsUnclaimed(DateTimeOffset now) => Status == ApprovalStatus.Releasing && !Async && LivesUntil <= now;

    /// <summary>Policy let the prompt pass: nobody is asked and nobody hears of it. What leaves is in its <see cref="Waiver"/>.</summary>
    public bool IsWaived => Stages.Count == 0;

    /// <summary>Where its <see cref="Waiver"/> lies: under the ticket's own id.</summary>
    public Guid WaiverText => Guid.ParseExact(Id.AsSpan("apr_".Length), "N");

    public void Open(string joinKey, bool isAsync, DateTimeOffset announceAt, string pattern = "", DateTimeOffset? callerUntil = null) =>
        (JoinKey, Async, AnnounceAt, Pattern, CallerUntil) = (joinKey, isAsync, announceAt, pattern, callerUntil);

    /// <summary>Opens a ticket nobody has to decide about, ready to be run.</summary>
    public void OpenWaived(string joinKey)
    {
        if (!IsWaived) throw new InvalidOperationException($"Ticket {Id} needs people; only their decision releases it.");
        (JoinKey, Async, Status) = (joinKey, true, ApprovalStatus.Releasing);
    }

    /// <summary>Opens one of a known case; while it is open, there is no other of that case.</summary>
    public void Plant(string joinKey, DateTimeOffset announceAt, string pattern)
    {
        if (Known is null) throw new InvalidOperationException($"Ticket {Id} is a caller's.");
        Open(joinKey, isAsync: true, announceAt, pattern);
    }

    /// <summary>Of a ticket that is settled: nothing is left of what its texts were.</summary>
    public void Erase()
    {
        if (!Status.IsSettled()) throw new InvalidOperationException($"Ticket {Id} is open; its text is needed.");
        (Excerpt, Digest, BodyDigest, JoinKey, Pattern) = ("", "", "", null, "");
        (Editions, DecidedDigest, Questions) = ([], null, []);
        Version++;
    }

    public void Announced(DateTimeOffset again)
    {
        AnnounceAt = again;
        Version++;
    }

    /// <summary>The people's outcome. False when one is known already, or when they decided about something else.</summary>
    public bool Decide(ReviewDecided decision, DateTimeOffset livesUntil)
    {
        if (Status != ApprovalStatus.Pending || !Knows(decision.Digest) || !IsOutcome(decision.Outcome)) return false;
        DecidedDigest = decision.Digest;
        Status = decision.Outcome;
        DecidedAt = decision.DecidedAt;
        DecidedBy = decision.DecidedBy;
        Reason = decision.Reason;
        Cause = decision.Cause;
        AnnounceAt = null;
        LivesUntil = livesUntil;
        Version++;
        if (Known is not null) EndKnown();
        return true;
    }

    /// <summary>A known case is over when people have answered: it is never left to be executed.</summary>
    private void EndKnown()
    {
        JoinKey = null;
        if (Status == ApprovalStatus.Releasing) (Status, ResultStatus) = (ApprovalStatus.Completed, StatusCodes.Status204NoContent);
    }

    /// <summary>Whether people can have decided about this text: the caller's own, or one they made of it.</summary>
    public bool Knows(string digest) => digest == Digest || (HeldText is null && Editions.Any(edition => edition.Digest == digest));

    /// <summary>Of an answer that waits: the text it answers was not the caller's own.</summary>
    public void AnswersEdited(Edition sent) => Editions = [sent];

    /// <summary>Another text waits from now on. False when it was made of another one than waits, or nothing waits.</summary>
    public bool Edit(Edition edition, string from)
    {
        if (Status != ApprovalStatus.Pending || from != (Latest?.Digest ?? Digest)) return false;
        Editions = [.. Editions, edition];
        Version++;
        return true;
    }

    /// <summary>False when it was asked before, or there is no use in asking any more.</summary>
    public bool Ask(Question question)
    {
        if (Status != ApprovalStatus.Pending || Questions.Any(known => known.Id == question.Id)) return false;
        Questions = [.. Questions, question];
        Version++;
        return true;
    }

    /// <returns>The question that was open the longest; null when there is none, or nothing is waited for.</returns>
    public Question? Answer(DateTimeOffset now)
    {
        if (Status != ApprovalStatus.Pending || Questions.FirstOrDefault(question => question.AnsweredAt is null) is not { } open) return null;
        Questions = [.. Questions.Select(question => question == open ? question with { AnsweredAt = now } : question)];
        Version++;
        return open;
    }

    /// <summary>What people, time or the caller can decide; that a model answered is no decision.</summary>
    private static bool IsOutcome(ApprovalStatus status) =>
        status is ApprovalStatus.Releasing or ApprovalStatus.Rejected or ApprovalStatus.Expired or ApprovalStatus.Cancelled or ApprovalStatus.Revoked;

    /// <summary>Takes the one right to call the model. False while somebody else has it, or when there is nothing to release.</summary>
    public bool TryClaim(DateTimeOffset now, TimeSpan lease)
    {
        if (Status != ApprovalStatus.Releasing || LeaseUntil > now) return false;
        LeaseUntil = now + lease;
        Attempts++;
        Version++;
        return true;
    }

    public void Extend(DateTimeOffset until)
    {
        LeaseUntil = until;
        Version++;
    }

    /// <summary>Gives the right to call the model back, so that somebody else can take it at once. Nothing when it is not that attempt's any more.</summary>
    public bool LetGo(int attempt)
    {
        if (Status != ApprovalStatus.Releasing || Attempts != attempt) return false;
        LeaseUntil = null;
        Version++;
        return true;
    }

    /// <summary>The right was taken and not used: as if nobody had had it.</summary>
    public bool Unclaim(int attempt)
    {
        if (!LetGo(attempt)) return false;
        Attempts--;
        return true;
    }

    /// <summary>False when another attempt, begun after this one's lease had lapsed, was done first.</summary>
    public bool Settle(bool completed, int status, string contentType, Guid text, DateTimeOffset livesUntil)
    {
        if (Status != ApprovalStatus.Releasing) return false;
        Status = completed ? ApprovalStatus.Completed : ApprovalStatus.Failed;
        (ResultStatus, ResultType, ResultText) = (status, contentType, text);
        (LeaseUntil, LivesUntil) = (null, livesUntil);
        Version++;
        return true;
    }

    /// <summary>The model has answered, and the answer waits for people under a ticket of its own, which the same call joins from now on.</summary>
    /// <returns>The name of this very call, for that ticket. False when another attempt was first.</returns>
    public bool ContinueWith(string ticketId, DateTimeOffset livesUntil, out string? joinKey)
    {
        joinKey = JoinKey;
        if (Status != ApprovalStatus.Releasing) return false;
        (Status, ContinuedBy, JoinKey, LeaseUntil, LivesUntil) = (ApprovalStatus.Completed, ticketId, null, null, livesUntil);
        Version++;
        return true;
    }

    internal sealed class Mapping : IEntityTypeConfiguration<Ticket>
    {
        public void Configure(EntityTypeBuilder<Ticket> builder)
        {
            builder.ToTable("Tickets").HasKey(t => t.Id);
            builder.Property(t => t.Status).HasConversion<string>().HasMaxLength(20);
            builder.Ignore(t => t.DeadlineAt);
            builder.Ignore(t => t.Edited);
            builder.Ignore(t => t.ReviewedDigest);
            builder.Ignore(t => t.ReviewedFindings);
            builder.Property(t => t.Editions).AsJson();
            builder.Property(t => t.Questions).AsJson();
            builder.Property(t => t.Known).AsJson();
            builder.Property(t => t.Cause).HasConversion<string>().HasMaxLength(20);
            builder.Property(t => t.Version).IsConcurrencyToken();
            builder.Property(t => t.UndoWindow).HasConversion<long>();
            builder.Property(t => t.Caller).AsJson();
            builder.Property(t => t.Findings).AsJson();
            builder.Property(t => t.Stages).AsJson();
            builder.Property(t => t.ForwardedHeaders).AsJson();
            builder.Property(t => t.DecidedBy).AsJson();
            builder.HasIndex(t => t.JoinKey).IsUnique();
            builder.HasIndex(t => t.AnnounceAt);
            builder.HasIndex(t => t.LivesUntil);
            builder.HasIndex(t => new { t.Status, t.Async });
            builder.HasIndex(t => new { t.CallerSubject, t.Status });
            builder.HasIndex(t => new { t.Status, t.ParkedAt });
            builder.HasIndex(t => new { t.Rule, t.DecidedAt });
            foreach (var name in new[] { nameof(Id), nameof(JoinKey), nameof(Digest), nameof(BodyDigest), nameof(TextDigest), nameof(PolicyVersion), nameof(InteractionId), nameof(ResultType), nameof(TraceParent), nameof(Origin), nameof(ContinuedBy), nameof(Pattern), nameof(DecidedDigest) })
                builder.Property(name).HasMaxLength(100);
            foreach (var name in new[] { nameof(CallerSubject), nameof(Route), nameof(Model), nameof(Rule) })
                builder.Property(name).HasMaxLength(300);
            builder.Property(t => t.Reason).HasMaxLength(2000);
        }
    }
}
