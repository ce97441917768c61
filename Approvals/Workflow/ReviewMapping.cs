using Approvals.Storage;
using Contracts;
using Contracts.Messages;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shared;

namespace Approvals.Workflow;

/// <summary>How reviews lie in tables. Nothing here belongs to one database: words, UTC times, ticks and JSON text.</summary>
internal sealed class ReviewMapping : IEntityTypeConfiguration<Review>, IEntityTypeConfiguration<Audience>,
    IEntityTypeConfiguration<Operation>, IEntityTypeConfiguration<EarlyCancel>
{
    /// <summary>Longest subject or group name; both stand in keys.</summary>
    private const int Name = 256;

    public void Configure(EntityTypeBuilder<Review> entity)
    {
        entity.ToTable("Reviews");
        entity.Property(r => r.Id).HasMaxLength(Review.LongestId);
        entity.Property(r => r.Status).HasConversion<string>().HasMaxLength(16);
        entity.Property(r => r.Version).IsConcurrencyToken();
        entity.Property(r => r.UndoWindow).HasConversion<long>();
        entity.Property(r => r.Digest).HasMaxLength(128);
        entity.Property(r => r.TraceParent).HasMaxLength(64);
        entity.Property(r => r.Caller).AsJson();
        entity.Property(r => r.CallerSubject).HasMaxLength(Name);
        entity.Property(r => r.Findings).AsJson();
        entity.Property(r => r.Stages).AsJson();
        entity.Property(r => r.DecidedBy).AsJson();
        entity.Property(r => r.ClaimedBy).AsJson();
        entity.Property(r => r.Glass).AsJson();
        entity.Property(r => r.Known).AsJson();
        entity.Property(r => r.Notes).AsJson();
        entity.Property(r => r.Pattern).HasMaxLength(64);
        entity.Property(r => r.Cause).HasConversion<string>().HasMaxLength(16);
        entity.Ignore(r => r.Look);
        entity.Ignore(r => r.NeedsReason);
        entity.Ignore(r => r.PassesTo);

        entity.HasIndex(r => r.Number).IsUnique();
        entity.HasIndex(r => r.Sequence).IsUnique();
        entity.HasIndex(r => r.DueAt);
        entity.HasIndex(r => new { r.Status, r.DueAt });
        entity.HasIndex(r => new { r.DecidedAt, r.Number });
        entity.HasIndex(r => new { r.CallerSubject, r.Number });
        entity.HasIndex(r => new { r.Pattern, r.Number });

        entity.OwnsMany(r => r.Votes, vote =>
        {
            vote.ToTable("Votes");
            vote.WithOwner().HasForeignKey("ReviewId");
            vote.Property<string>("ReviewId").HasMaxLength(Review.LongestId);
            vote.HasKey("ReviewId", nameof(Vote.Stage), nameof(Vote.Subject));
            vote.Property(v => v.Subject).HasMaxLength(Name);
            vote.Property(v => v.Looked).HasConversion<long?>();
            vote.Property(v => v.Cause).HasConversion<string>().HasMaxLength(16);
        });
    }

    public void Configure(EntityTypeBuilder<Audience> entity)
    {
        entity.ToTable("Audience");
        entity.HasKey(a => new { a.ReviewId, a.Group });
        entity.Property(a => a.ReviewId).HasMaxLength(Review.LongestId);
        entity.Property(a => a.Group).HasMaxLength(Name);
        entity.HasIndex(a => a.Group);
        entity.HasOne<Review>().WithMany().HasForeignKey(a => a.ReviewId);
    }

    public void Configure(EntityTypeBuilder<Operation> entity)
    {
        entity.ToTable("Operations");
        entity.Property(o => o.Id).ValueGeneratedNever();
        entity.Property(o => o.ReviewId).HasMaxLength(Review.LongestId);
        entity.Property(o => o.Subject).HasMaxLength(Name);
        entity.Property(o => o.Content).HasMaxLength(64);
        entity.Property(o => o.Answer).HasConversion<string>().HasMaxLength(32);
    }

    public void Configure(EntityTypeBuilder<EarlyCancel> entity)
    {
        entity.ToTable("EarlyCancels");
        entity.HasKey(c => c.ReviewId);
        entity.Property(c => c.ReviewId).HasMaxLength(Review.LongestId);
    }
}

/// <summary>Which groups may know of a review: those of any of its stages. An index, the stages are the truth.</summary>
internal sealed record Audience(string ReviewId, string Group);

/// <summary>A caller's wish that overtook the prompt it is about; it is granted when that arrives.</summary>
internal sealed record EarlyCancel(string ReviewId, DateTimeOffset At);
