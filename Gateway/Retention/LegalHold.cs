using Contracts.Messages;
using Gateway.Texts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gateway.Retention;

/// <summary>Texts that nobody may erase, neither by request nor by time, until the hold is lifted.</summary>
internal sealed class LegalHold
{
    public required Guid Id { get; init; }

    /// <summary>Every text of this caller; null where it is not about one.</summary>
    public string? Subject { get; init; }

    /// <summary>The texts of this interaction.</summary>
    public string? InteractionId { get; init; }

    /// <summary>Of a caller, or of all where neither is named: what was stored in this time. Open at an end that is null.</summary>
    public DateTimeOffset? From { get; init; }
    public DateTimeOffset? To { get; init; }

    /// <summary>What it is for: a case, a request.</summary>
    public required string Reason { get; init; }
    public required string PlacedBy { get; init; }
    public required string PlacedByName { get; init; }
    public required DateTimeOffset PlacedAt { get; init; }
    public string? LiftedBy { get; private set; }
    public DateTimeOffset? LiftedAt { get; private set; }

    /// <returns>False when somebody lifted it before.</returns>
    public bool Lift(PersonRef person, DateTimeOffset now)
    {
        if (LiftedAt is not null) return false;
        (LiftedBy, LiftedAt) = (person.Subject, now);
        return true;
    }

    /// <summary>The keys it leaves over.</summary>
    public IQueryable<TextKey> Except(IQueryable<TextKey> keys)
    {
        var (subject, interaction, from, to) = (Subject, InteractionId, From ?? DateTimeOffset.MinValue.AddYears(1), To ?? DateTimeOffset.MaxValue.AddYears(-1));
        return keys.Where(key => !((subject == null || key.Owner == subject) && (interaction == null || key.Id == interaction) && key.StoredAt >= from && key.StoredAt < to));
    }

    internal sealed class Mapping : IEntityTypeConfiguration<LegalHold>
    {
        public void Configure(EntityTypeBuilder<LegalHold> builder)
        {
            builder.ToTable("LegalHolds").HasKey(h => h.Id);
            builder.Property(h => h.Id).ValueGeneratedNever();
            builder.Property(h => h.InteractionId).HasMaxLength(100);
            foreach (var name in new[] { nameof(Subject), nameof(PlacedBy), nameof(PlacedByName), nameof(LiftedBy) }) builder.Property(name).HasMaxLength(300);
            builder.Property(h => h.Reason).HasMaxLength(2000);
            builder.Property(h => h.LiftedAt).IsConcurrencyToken();
        }
    }
}
