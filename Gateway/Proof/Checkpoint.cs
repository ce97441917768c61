using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shared;

namespace Gateway.Proof;

/// <summary>A signed statement that these entries were there at that time, and the hashes it was made of. Added, never changed.</summary>
internal sealed class Checkpoint
{
    /// <summary>From 1 on, without gaps.</summary>
    public required long Number { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>A <see cref="CheckpointStatement"/> as it was signed, byte for byte.</summary>
    public required string Line { get; init; }
    public required IReadOnlyList<CheckpointSignature> Signatures { get; init; }

    /// <summary>The hashes of the entries it covers, in the order of the statement's ranges: what its root is the root of.</summary>
    public required byte[] Leaves { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<Checkpoint>
    {
        public void Configure(EntityTypeBuilder<Checkpoint> builder)
        {
            builder.ToTable("Checkpoints").HasKey(c => c.Number);
            builder.Property(c => c.Number).ValueGeneratedNever();
            builder.Property(c => c.Signatures).AsJson();
            builder.HasIndex(c => c.At);
        }
    }
}

/// <param name="Key">The key's id.</param>
/// <param name="Signature">Of the line's UTF-8 bytes, in base64.</param>
internal sealed record CheckpointSignature(string Key, string Signature);
