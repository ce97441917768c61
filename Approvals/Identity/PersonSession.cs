using System.Globalization;
using System.Security.Claims;
using Contracts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shared;

namespace Approvals.Identity;

/// <summary>What the newest token says that a person showed at this API, and never the token itself. It counts as long as that does.</summary>
internal sealed class PersonSession
{
    private const int LongestSubject = 256;

    public required string Subject { get; init; }
    public required string Name { get; init; }
    public required IReadOnlyList<string> Groups { get; init; }
    public required IReadOnlyList<string> Permissions { get; init; }

    /// <summary>When they last proved who they are; null where the token does not say.</summary>
    public DateTimeOffset? SignedInAt { get; init; }

    /// <summary>Of the token, or of the sign-in where it does not say: of two, the later one counts.</summary>
    public required DateTimeOffset IssuedAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Null for a token that says neither whose it is, nor since when, nor how long.</summary>
    public static PersonSession? Of(ClaimsPrincipal person, DateTimeOffset? expiresAt)
    {
        var signedInAt = person.TimeOf(PersonClaims.SignedInAt);
        if (person.FindFirstValue(PersonClaims.Subject) is not { Length: > 0 and <= LongestSubject } subject || expiresAt is not { } end || (person.TimeOf(PersonClaims.IssuedAt) ?? signedInAt) is not { } issuedAt) return null;
        return new PersonSession
        {
            Subject = subject,
            Name = person.FindFirstValue(PersonClaims.Name) ?? subject,
            Groups = [.. person.FindAll(PersonClaims.Group).Select(claim => claim.Value)],
            Permissions = [.. person.FindAll(PersonClaims.Permission).Select(claim => claim.Value)],
            SignedInAt = signedInAt,
            IssuedAt = issuedAt,
            ExpiresAt = end.ToUniversalTime(),
        };
    }

    /// <param name="permissions">What their groups may do by now; null where people have permissions by name.</param>
    public ClaimsPrincipal ToPerson(IReadOnlyList<string>? permissions)
    {
        var identity = new ClaimsIdentity(PersonClaims.Scheme, PersonClaims.Name, roleType: null);
        identity.AddClaims([new Claim(PersonClaims.Subject, Subject), new Claim(PersonClaims.Name, Name), new Claim(PersonClaims.IssuedAt, Seconds(IssuedAt))]);
        if (SignedInAt is { } at) identity.AddClaim(new Claim(PersonClaims.SignedInAt, Seconds(at)));
        identity.AddClaims(Groups.Select(group => new Claim(PersonClaims.Group, group)));
        identity.AddClaims((permissions ?? Permissions).Select(permission => new Claim(PersonClaims.Permission, permission)));
        return new ClaimsPrincipal(identity);
    }

    public bool IsSameAs(PersonSession other) =>
        (Subject, Name, SignedInAt, IssuedAt, ExpiresAt) == (other.Subject, other.Name, other.SignedInAt, other.IssuedAt, other.ExpiresAt)
        && Groups.SequenceEqual(other.Groups) && Permissions.SequenceEqual(other.Permissions);

    private static string Seconds(DateTimeOffset at) => at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    internal sealed class Mapping : IEntityTypeConfiguration<PersonSession>
    {
        public void Configure(EntityTypeBuilder<PersonSession> entity)
        {
            entity.ToTable("Sessions").HasKey(s => s.Subject);
            entity.Property(s => s.Subject).HasMaxLength(LongestSubject);
            entity.Property(s => s.Groups).AsJson();
            entity.Property(s => s.Permissions).AsJson();
            entity.HasIndex(s => s.ExpiresAt);
        }
    }
}
