using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Approvals.Alerts;

/// <summary>A message that could not be handled and lies in an error queue. Somebody has to look: what it would have moved stands still.</summary>
internal sealed class MessageFault
{
    public required Guid Id { get; init; }

    /// <summary>Name of the message type.</summary>
    public required string Message { get; init; }
    public required string TicketId { get; init; }

    /// <summary>Type of the exception. Its words are not kept: they may quote what the message was about.</summary>
    public required string Fault { get; init; }
    public required DateTimeOffset At { get; init; }
    public DateTimeOffset? DismissedAt { get; private set; }
    public string? DismissedBy { get; private set; }

    public void Dismiss(string person, DateTimeOffset now)
    {
        if (DismissedAt is null) (DismissedAt, DismissedBy) = (now, person);
    }

    internal sealed class Mapping : IEntityTypeConfiguration<MessageFault>
    {
        public void Configure(EntityTypeBuilder<MessageFault> entity)
        {
            entity.ToTable("MessageFaults");
            entity.Property(f => f.Id).ValueGeneratedNever();
            entity.Property(f => f.Message).HasMaxLength(100);
            entity.Property(f => f.TicketId).HasMaxLength(64);
            entity.Property(f => f.Fault).HasMaxLength(300);
            entity.Property(f => f.DismissedBy).HasMaxLength(256);
            entity.HasIndex(f => f.DismissedAt);
        }
    }
}
