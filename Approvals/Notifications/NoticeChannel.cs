using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Approvals.Notifications;

/// <summary>How far a channel has come, for all instances.</summary>
internal sealed class NoticeChannel
{
    public const int LongestName = 50;

    public required string Name { get; init; }

    /// <summary>Sequence of the last review that was planned for.</summary>
    public long PlannedTo { get; set; }

    /// <summary>The next message goes no sooner; moved ahead by whoever is sending, so that no other does.</summary>
    public DateTimeOffset DueAt { get; set; } = DateTimeOffset.UnixEpoch;

    /// <summary>In a row, up to now.</summary>
    public int Failures { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<NoticeChannel>
    {
        public void Configure(EntityTypeBuilder<NoticeChannel> entity)
        {
            entity.ToTable("NoticeChannels").HasKey(c => c.Name);
            entity.Property(c => c.Name).HasMaxLength(LongestName);
        }
    }
}
