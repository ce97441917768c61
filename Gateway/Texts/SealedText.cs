using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gateway.Texts;

/// <summary>The one place where prompt and answer text rests: encrypted, apart from the rows that speak of it.</summary>
internal sealed class SealedText
{
    public required Guid Id { get; init; }

    /// <summary>The <see cref="TextKey"/> it is sealed with; null for texts from before there were any, which Data Protection sealed.</summary>
    public required string? KeyId { get; init; }
    public required byte[] Sealed { get; init; }
    public required DateTimeOffset StoredAt { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<SealedText>
    {
        public void Configure(EntityTypeBuilder<SealedText> builder)
        {
            builder.ToTable("Texts").HasKey(t => t.Id);
            builder.Property(t => t.KeyId).HasMaxLength(100);
            builder.HasIndex(t => t.KeyId);
        }
    }
}
