using Gateway.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shared;

namespace Gateway.Audit;

/// <summary>Somebody as their last sign-in described them. The trail is the record; this is what is known of them since.</summary>
internal sealed class SeenPerson
{
    public required string Subject { get; init; }
    public required string Name { get; set; }
    public required IReadOnlyList<string> Groups { get; set; }
    public required DateTimeOffset At { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<SeenPerson>
    {
        public void Configure(EntityTypeBuilder<SeenPerson> builder)
        {
            builder.ToTable("People").HasKey(p => p.Subject);
            builder.Property(p => p.Subject).HasMaxLength(256);
            builder.Property(p => p.Name).HasMaxLength(300);
            builder.Property(p => p.Groups).AsJson();
            builder.HasIndex(p => p.At);
        }
    }
}

internal static class SeenPeople
{
    /// <summary>Two sign-ins at once: either may stay, they say the same.</summary>
    public static async Task SeeAsync(this IDbContextFactory<GatewayStore> stores, SeenPerson seen, CancellationToken ct)
    {
        await using var store = await stores.CreateDbContextAsync(ct);
        if (await store.Set<SeenPerson>().SingleOrDefaultAsync(p => p.Subject == seen.Subject, ct) is { } known)
            (known.Name, known.Groups, known.At) = (seen.Name, seen.Groups, seen.At);
        else store.Add(seen);
        try
        {
            await store.SaveChangesAsync(ct);
        }
        catch (DbUpdateException first) when (first.IsDuplicate())
        {
            // The other one's.
        }
    }
}
