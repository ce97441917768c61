using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gateway.Storage;

/// <summary>The one place where prompt and answer text rests: encrypted, apart from the rows that speak of it.</summary>
internal sealed class SealedText
{
    public required Guid Id { get; init; }
    public required byte[] Sealed { get; init; }
    public required DateTimeOffset StoredAt { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<SealedText>
    {
        public void Configure(EntityTypeBuilder<SealedText> builder) => builder.ToTable("Texts").HasKey(t => t.Id);
    }
}

/// <summary>Seals and opens text with ASP.NET Data Protection. Opening fails loudly when the bytes were changed.</summary>
internal sealed class TextVault(IDataProtectionProvider protection, TimeProvider clock)
{
    private readonly IDataProtector protector = protection.CreateProtector("Approvals.Gateway.Text.v1");

    /// <param name="id">To be found under; null for a new one.</param>
    public SealedText Seal(ReadOnlySpan<byte> text, Guid? id = null) => new()
    {
        Id = id ?? Guid.CreateVersion7(clock.GetUtcNow()),
        Sealed = protector.Protect(text.ToArray()),
        StoredAt = clock.GetUtcNow(),
    };

    public byte[] Open(SealedText text) => protector.Unprotect(text.Sealed);

    /// <exception cref="InvalidOperationException">No text under this id: it was erased or never stored.</exception>
    public async Task<byte[]> OpenAsync(GatewayStore store, Guid id, CancellationToken ct)
    {
        var text = await store.Set<SealedText>().AsNoTracking().SingleOrDefaultAsync(t => t.Id == id, ct);
        return text is null ? throw new InvalidOperationException($"Text {id} is not in the store.") : Open(text);
    }
}
