using Contracts.Api;
using Contracts.Messages;
using Gateway.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shared;

namespace Gateway.Keys;

/// <summary>A key of a service account. The key itself was shown once, to whoever issued it; here is its hash.</summary>
internal sealed class ApiKey
{
    /// <summary>The operation that issued it: asked for twice, issued once.</summary>
    public required Guid Id { get; init; }

    /// <summary>The service account; all its keys are one caller.</summary>
    public required string Subject { get; init; }
    public required string Name { get; init; }
    public required IReadOnlyList<string> Groups { get; init; }

    /// <summary>Patterns of what this key may use and call; none is all.</summary>
    public required IReadOnlyList<string> Models { get; init; }
    public required IReadOnlyList<string> Routes { get; init; }
    public required string Hash { get; init; }

    /// <summary>The key's last four characters.</summary>
    public required string Hint { get; init; }

    /// <summary>Subject of the person answerable for it.</summary>
    public required string Owner { get; init; }
    public required PersonRef IssuedBy { get; init; }
    public required DateTimeOffset IssuedAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
    public DateTimeOffset? RevokedAt { get; private set; }
    public PersonRef? RevokedBy { get; private set; }

    /// <summary>To the minute, and only as good as the store was then.</summary>
    public DateTimeOffset? LastUsedAt { get; private set; }

    /// <summary>False when it is revoked already; the first one's word stands.</summary>
    public bool Revoke(PersonRef person, DateTimeOffset now)
    {
        if (RevokedAt is not null) return false;
        (RevokedAt, RevokedBy) = (now, person);
        return true;
    }

    public bool IsGood(DateTimeOffset now) => RevokedAt is null && now < ExpiresAt;

    public Caller ToCaller(RightsByGroup rights) => new()
    {
        Subject = Subject, Name = Name, Groups = Groups, Models = Models, Routes = Routes, Rights = rights.Of(Groups), BoundByRights = rights.AreDrawn,
        Owner = Owner, IssuedBy = IssuedBy.Subject, Credential = $"{IssuedKeys.SourceName}:{Id:N}",
    };

    public ApiKeyView ToView() => new()
    {
        Id = Id, Subject = Subject, Name = Name, Groups = Groups, Models = Models, Routes = Routes, Hint = Hint, Owner = Owner,
        IssuedBy = IssuedBy, IssuedAt = IssuedAt, ExpiresAt = ExpiresAt, RevokedAt = RevokedAt, RevokedBy = RevokedBy, LastUsedAt = LastUsedAt,
    };

    internal sealed class Mapping : IEntityTypeConfiguration<ApiKey>
    {
        public void Configure(EntityTypeBuilder<ApiKey> builder)
        {
            builder.ToTable("ApiKeys").HasKey(k => k.Id);
            builder.Property(k => k.Id).ValueGeneratedNever();
            builder.Property(k => k.RevokedAt).IsConcurrencyToken(); // of two that revoke at once, one does
            builder.Property(k => k.Groups).AsJson();
            builder.Property(k => k.Models).AsJson();
            builder.Property(k => k.Routes).AsJson();
            builder.Property(k => k.IssuedBy).AsJson();
            builder.Property(k => k.RevokedBy).AsJson();
            builder.Property(k => k.Hash).HasMaxLength(64).IsFixedLength();
            builder.Property(k => k.Hint).HasMaxLength(4);
            foreach (var name in new[] { nameof(Subject), nameof(Name), nameof(Owner) }) builder.Property(name).HasMaxLength(300);
            builder.HasIndex(k => k.Hash).IsUnique();
            builder.HasIndex(k => k.IssuedAt);
        }
    }
}
