using Approvals.Workflow;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Approvals.Notifications;

internal enum NoticeKind
{
    /// <summary>A prompt waits.</summary>
    Waits,

    /// <summary>A later stage has begun; other people are asked.</summary>
    Escalated,

    /// <summary>It still waits, and its deadline is near.</summary>
    Reminder,
}

internal enum NoticeState
{
    Planned,
    Sent,

    /// <summary>Decided, or gone on, before it was due.</summary>
    NotNeeded,
    GivenUp,
}

/// <summary>Something to be said about a review, in one channel, once. It holds no word of the prompt: those are read when it goes.</summary>
internal sealed class Notice
{
    public required Guid Id { get; init; }
    public required string Channel { get; init; }
    public required string ReviewId { get; init; }
    public required int Stage { get; init; }
    public required NoticeKind Kind { get; init; }

    /// <summary>Null once nothing is to be done about it any more.</summary>
    public DateTimeOffset? DueAt { get; private set; }
    public NoticeState State { get; private set; }
    public int Attempts { get; private set; }
    public DateTimeOffset? SentAt { get; private set; }

    public static Notice Plan(Channel channel, Review review, NoticeKind kind, DateTimeOffset dueAt) => new()
    {
        Id = Guid.CreateVersion7(dueAt), Channel = channel.Name, ReviewId = review.Id, Stage = review.Stage, Kind = kind, DueAt = dueAt,
    };

    public void Postpone(DateTimeOffset until) => DueAt = until;

    public void Drop() => (State, DueAt) = (NoticeState.NotNeeded, null);

    public void Sent(DateTimeOffset now) => (State, DueAt, SentAt, Attempts) = (NoticeState.Sent, null, now, Attempts + 1);

    /// <returns>Whether it is given up; else it stays due, and its channel says when.</returns>
    public bool Failed(int mostAttempts)
    {
        if (++Attempts >= mostAttempts) (State, DueAt) = (NoticeState.GivenUp, null);
        return State == NoticeState.GivenUp;
    }

    internal sealed class Mapping : IEntityTypeConfiguration<Notice>
    {
        public void Configure(EntityTypeBuilder<Notice> entity)
        {
            entity.ToTable("Notices");
            entity.Property(n => n.Id).ValueGeneratedNever();
            entity.Property(n => n.Channel).HasMaxLength(NoticeChannel.LongestName);
            entity.Property(n => n.ReviewId).HasMaxLength(Review.LongestId);
            entity.Property(n => n.Kind).HasConversion<string>().HasMaxLength(16);
            entity.Property(n => n.State).HasConversion<string>().HasMaxLength(16);
            entity.HasIndex(n => new { n.ReviewId, n.Channel, n.Stage, n.Kind }).IsUnique();
            entity.HasIndex(n => new { n.Channel, n.DueAt });
        }
    }
}
