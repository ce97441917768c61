using Contracts;
using Contracts.Api;
using Contracts.Messages;
using Gateway.Parking;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gateway.Known;

/// <summary>A prompt whose right answer is known. Its body lies sealed under a key of its own.</summary>
internal sealed class KnownPrompt
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public required string Route { get; init; }
    public required string Model { get; init; }

    /// <summary>Subject of the caller it seems to come from.</summary>
    public required string Caller { get; init; }
    public required KnownAnswer Expected { get; init; }
    public required string Why { get; init; }
    public required Guid BodyText { get; init; }
    public required string AddedBy { get; init; }
    public required string AddedByName { get; init; }
    public required DateTimeOffset AddedAt { get; init; }
    public DateTimeOffset? RetiredAt { get; private set; }

    /// <summary>What policy said when it was last asked, and when that was: whose turn was longest ago is next.</summary>
    public KnownStanding Standing { get; private set; }
    public DateTimeOffset? TriedAt { get; private set; }
    public DateTimeOffset? PlantedAt { get; private set; }
    public string? TicketId { get; private set; }

    public string TextKeyId => $"known_{Id:N}";

    public string Owner => KnownMark.OwnerOf(Id);

    public KnownMark Mark => new(Id, new KnownCase(Expected, Why, AddedBy));

    /// <summary>Policy was asked.</summary>
    public void Judged(KnownStanding standing) => Standing = standing;

    public void Tried(KnownStanding standing, string? ticketId, DateTimeOffset now)
    {
        (Standing, TriedAt) = (standing, now);
        if (ticketId is not null) (PlantedAt, TicketId) = (now, ticketId);
    }

    /// <returns>False when somebody retired it before.</returns>
    public bool Retire(DateTimeOffset now)
    {
        if (RetiredAt is not null) return false;
        RetiredAt = now;
        return true;
    }

    public KnownCaseView View(ApprovalStatus? status) => new()
    {
        Id = Id, Name = Name, Route = Route, Model = Model, Caller = Caller, Expected = Expected, Why = Why, AddedBy = new PersonRef(AddedBy, AddedByName), AddedAt = AddedAt,
        Standing = Standing, PlantedAt = PlantedAt, TicketId = TicketId, Status = status,
    };

    internal sealed class Mapping : IEntityTypeConfiguration<KnownPrompt>
    {
        public void Configure(EntityTypeBuilder<KnownPrompt> builder)
        {
            builder.ToTable("KnownPrompts").HasKey(k => k.Id);
            builder.Property(k => k.Id).ValueGeneratedNever();
            builder.Property(k => k.Expected).HasConversion<string>().HasMaxLength(20);
            builder.Property(k => k.Standing).HasConversion<string>().HasMaxLength(20);
            builder.Property(k => k.RetiredAt).IsConcurrencyToken();
            builder.Ignore(k => k.TextKeyId).Ignore(k => k.Owner).Ignore(k => k.Mark);
            builder.Property(k => k.TicketId).HasMaxLength(100);
            builder.HasIndex(k => k.RetiredAt);
            foreach (var name in new[] { nameof(Name), nameof(Route), nameof(Model), nameof(Caller), nameof(Why), nameof(AddedBy), nameof(AddedByName) }) builder.Property(name).HasMaxLength(300);
        }
    }
}
