using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gateway.Texts;

/// <summary>What an interaction came to, which says how long its texts are kept.</summary>
internal enum TextClass
{
    Forwarded,
    Masked,
    Parked,
    Blocked,

    /// <summary>Sent on without being read.</summary>
    Unread,

    /// <summary>The installation's own: its secrets, never erased, and known cases, erased when they are retired.</summary>
    Installation,
}

/// <summary>The key of one interaction's texts, wrapped by a master key. Without it they are noise, in every backup too: deleting the row erases them.</summary>
internal sealed class TextKey
{
    /// <summary>The interaction's id.</summary>
    public required string Id { get; init; }

    /// <summary>Whose interaction it is: the caller's subject.</summary>
    public required string Owner { get; init; }
    public required TextClass Class { get; init; }
    public required DateTimeOffset StoredAt { get; init; }
    public required string MasterKey { get; set; }
    public required byte[] Wrapped { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<TextKey>
    {
        public void Configure(EntityTypeBuilder<TextKey> builder)
        {
            builder.ToTable("TextKeys").HasKey(k => k.Id);
            builder.Property(k => k.Id).HasMaxLength(100);
            builder.Property(k => k.Owner).HasMaxLength(300);
            builder.Property(k => k.Class).HasConversion<string>().HasMaxLength(20);
            builder.Property(k => k.MasterKey).HasMaxLength(100);
            builder.HasIndex(k => new { k.Class, k.StoredAt });
        }
    }
}
