using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Shared;

/// <summary>The last time that a person signed out everywhere.</summary>
internal sealed class SignedOut
{
    public required string Subject { get; init; }
    public DateTimeOffset At { get; private set; }

    public static void Map(EntityTypeBuilder<SignedOut> entity)
    {
        entity.ToTable("SignOuts").HasKey(s => s.Subject);
        entity.Property(s => s.Subject).HasMaxLength(256);
        entity.HasIndex(s => s.At);
    }

    /// <summary>Kept with whatever else the transaction holds. An older one that is told late changes nothing.</summary>
    public static async Task KeepAsync(DbContext store, string subject, DateTimeOffset at, CancellationToken ct)
    {
        var known = await store.Set<SignedOut>().SingleOrDefaultAsync(s => s.Subject == subject, ct);
        if (known is null) store.Add(known = new SignedOut { Subject = subject });
        if (known.At < at) known.At = at;
    }
}
