using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gateway.Search;

/// <summary>Where a value that was found in a prompt went.</summary>
internal enum Went
{
    /// <summary>Masked or refused, or people have not released it.</summary>
    Nowhere,

    /// <summary>To the model, as it was.</summary>
    Model,

    /// <summary>To the caller, in an answer.</summary>
    Caller,
}

/// <summary>That a text or a protected value was in an interaction: its keyed hash, which nobody without the key can try values against.</summary>
internal sealed class Fingerprint
{
    public long Id { get; init; }
    public required string InteractionId { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>Of a value, its type; null for a whole text.</summary>
    public string? Type { get; init; }
    public required long Hash { get; init; }
    public Went Went { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<Fingerprint>
    {
        public void Configure(EntityTypeBuilder<Fingerprint> builder)
        {
            builder.ToTable("Fingerprints").HasKey(f => f.Id);
            builder.Property(f => f.InteractionId).HasMaxLength(100);
            builder.Property(f => f.Type).HasMaxLength(100);
            builder.Property(f => f.Went).HasConversion<string>().HasMaxLength(10);
            builder.HasIndex(f => new { f.Hash, f.At });
            builder.HasIndex(f => new { f.Type, f.At });
            builder.HasIndex(f => f.InteractionId);
        }
    }
}

/// <summary>The words of a prompt as keyed hashes, in order of their size, without those of protected values.</summary>
internal sealed class PromptWords
{
    public required string InteractionId { get; init; }
    public required DateTimeOffset At { get; init; }
    public required byte[] Words { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<PromptWords>
    {
        public void Configure(EntityTypeBuilder<PromptWords> builder)
        {
            builder.ToTable("PromptWords").HasKey(w => w.InteractionId);
            builder.Property(w => w.InteractionId).HasMaxLength(100);
            builder.HasIndex(w => w.At);
        }
    }
}

/// <summary>How far the index has come: the last checkpoint whose entries are in it.</summary>
internal sealed class SearchCursor
{
    public const int OnlyOne = 1;

    public required int Id { get; init; }
    public required long Checkpoint { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<SearchCursor>
    {
        public void Configure(EntityTypeBuilder<SearchCursor> builder)
        {
            builder.ToTable("SearchCursor").HasKey(c => c.Id);
            builder.Property(c => c.Id).ValueGeneratedNever();
            builder.Property(c => c.Checkpoint).IsConcurrencyToken();
        }
    }
}
