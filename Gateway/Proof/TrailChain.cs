using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gateway.Proof;

/// <summary>
/// The end of one chain of entries. One writer at a time continues it, in the transaction that saves the entries; a gateway has
/// as many chains as it writes transactions at once, and begins new ones when it starts.
/// </summary>
internal sealed class TrailChain
{
    /// <summary>What changes with each link.</summary>
    public static readonly string[] Moved = [nameof(Position), nameof(Head)];

    public required Guid Id { get; init; }

    /// <summary>Of the last entry; the write that moves it is conditional on it.</summary>
    public required long Position { get; set; }

    /// <summary>The last entry's hash.</summary>
    public required byte[] Head { get; set; }

    /// <summary>The last position that a checkpoint covers.</summary>
    public long Covered { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<TrailChain>
    {
        public void Configure(EntityTypeBuilder<TrailChain> builder)
        {
            builder.ToTable("TrailChains").HasKey(c => c.Id);
            builder.Property(c => c.Position).IsConcurrencyToken();
            builder.Property(c => c.Head).HasMaxLength(32);
        }
    }
}
