using Contracts;
using Contracts.Api;
using Contracts.Messages;
using Gateway.Parking;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shared;

namespace Gateway.Grants;

/// <summary>
/// People let a caller's prompts of one pattern pass for a while, so often and no more. It stands in for the review of one
/// rule only, takes as many people as that review, and is counted by a conditional write, so that it is never used once too often.
/// </summary>
internal sealed class Grant
{
    public required string Id { get; init; }
    public required string TicketId { get; init; }
    public required string CallerSubject { get; init; }
    public required CallerRef Caller { get; init; }
    public required string Route { get; init; }
    public required string Model { get; init; }
    public required string Rule { get; init; }
    public required IReadOnlyList<string> FindingTypes { get; init; }
    public required int Score { get; init; }
    public required int Needed { get; init; }
    public required int Minutes { get; init; }
    public required int MostUses { get; init; }
    public required string Reason { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    public IReadOnlyList<PersonRef> GrantedBy { get; private set; } = [];
    public DateTimeOffset? ExpiresAt { get; private set; }

    /// <summary>Counted in the store, one statement a use.</summary>
    public int Uses { get; private set; }
    public PersonRef? RevokedBy { get; private set; }
    public DateTimeOffset? RevokedAt { get; private set; }

    /// <summary>Grows with what people do with it; the concurrency token. Uses do not touch it.</summary>
    public int Version { get; private set; }

    /// <summary>How the trail and tickets name what passed by it.</summary>
    public static string RuleOf(string id) => $"grant:{id}";

    /// <summary>Every stage that ends in a rejection needs its people; the ones before may be stood in for.</summary>
    public static int PeopleFor(Ticket ticket) => Math.Max(1, ticket.Stages.Where(stage => stage.OnDeadline == OnDeadline.Reject).Sum(stage => stage.People));

    /// <returns>False when this person has agreed already, or there is nothing to agree to any more.</returns>
    public bool Agree(PersonRef person, DateTimeOffset now)
    {
        if (RevokedAt is not null || ExpiresAt is not null || GrantedBy.Any(other => other.Subject == person.Subject)) return false;
        GrantedBy = [.. GrantedBy, person];
        if (GrantedBy.Count >= Needed) ExpiresAt = now + TimeSpan.FromMinutes(Minutes);
        Version++;
        return true;
    }

    /// <returns>False when it is revoked already; the first one's word stands.</returns>
    public bool Revoke(PersonRef person, DateTimeOffset now)
    {
        if (RevokedAt is not null) return false;
        (RevokedBy, RevokedAt) = (person, now);
        Version++;
        return true;
    }

    public string Status(DateTimeOffset now) =>
        RevokedAt is not null ? "revoked" : ExpiresAt is null ? "proposed" : ExpiresAt <= now ? "expired" : Uses >= MostUses ? "used up" : "active";

    public GrantView View(DateTimeOffset now) => new()
    {
        Id = Id, TicketId = TicketId, Caller = Caller, Route = Route, Model = Model, Rule = Rule, FindingTypes = FindingTypes, Score = Score, Status = Status(now), GrantedBy = GrantedBy,
        Needed = Needed, Reason = Reason, CreatedAt = CreatedAt, Minutes = Minutes, ExpiresAt = ExpiresAt, Uses = Uses, MostUses = MostUses, RevokedBy = RevokedBy, RevokedAt = RevokedAt,
    };

    internal sealed class Mapping : IEntityTypeConfiguration<Grant>
    {
        public void Configure(EntityTypeBuilder<Grant> builder)
        {
            builder.ToTable("Grants").HasKey(g => g.Id);
            builder.Property(g => g.Id).HasMaxLength(100);
            builder.Property(g => g.TicketId).HasMaxLength(100);
            builder.Property(g => g.Version).IsConcurrencyToken();
            builder.Property(g => g.Caller).AsJson();
            builder.Property(g => g.FindingTypes).AsJson();
            builder.Property(g => g.GrantedBy).AsJson();
            builder.Property(g => g.RevokedBy).AsJson();
            builder.Property(g => g.Reason).HasMaxLength(2000);
            foreach (var name in new[] { nameof(CallerSubject), nameof(Route), nameof(Model), nameof(Rule) }) builder.Property(name).HasMaxLength(300);
            builder.HasIndex(g => new { g.CallerSubject, g.ExpiresAt });
            builder.HasIndex(g => g.CreatedAt);
        }
    }
}
