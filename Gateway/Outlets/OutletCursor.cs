using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gateway.Outlets;

/// <summary>
/// How far one outlet has come, and which gateway sends it now. It moves on when the receiver has what lies before it, so a crash
/// sends again and leaves nothing out. The row of an outlet that is no longer set stays, should it come back.
/// </summary>
internal sealed class OutletCursor
{
    public required string Name { get; init; }

    /// <summary>The last checkpoint that was sent with all it covers; 0 before the first.</summary>
    public required long Checkpoint { get; init; }

    /// <summary>How many entries of the next one were sent already.</summary>
    public int Entries { get; init; }

    /// <summary>Of the line of <see cref="Checkpoint"/>, in hexadecimal.</summary>
    public string? Hash { get; init; }

    /// <summary>When it last moved; null for one that never did.</summary>
    public DateTimeOffset? MovedAt { get; init; }

    /// <summary>The gateway that sends, until <see cref="HeldUntil"/>: another takes over then, because this one has crashed or is stuck.</summary>
    public Guid? Holder { get; init; }
    public DateTimeOffset? HeldUntil { get; init; }

    public OutletPlace Place => new(Checkpoint, Entries, Hash);

    internal sealed class Mapping : IEntityTypeConfiguration<OutletCursor>
    {
        public void Configure(EntityTypeBuilder<OutletCursor> builder)
        {
            builder.ToTable("OutletCursors").HasKey(c => c.Name);
            builder.Property(c => c.Name).HasMaxLength(50);
            builder.Property(c => c.Hash).HasMaxLength(64);
            builder.Ignore(c => c.Place);
        }
    }
}
