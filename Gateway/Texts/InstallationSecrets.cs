using System.Security.Cryptography;
using Gateway.Storage;
using Microsoft.EntityFrameworkCore;
using Shared;

namespace Gateway.Texts;

/// <summary>Secrets that all gateways of one store share, made by the first that needs them, sealed like any text, and never erased.</summary>
internal sealed class InstallationSecrets(IDbContextFactory<GatewayStore> stores, TextVault vault)
{
    private const int Bytes = 32;

    /// <param name="name">Of its text key.</param>
    /// <param name="id">Where it lies.</param>
    public async Task<byte[]> OfAsync(string name, Guid id, CancellationToken ct)
    {
        await using var store = await stores.CreateDbContextAsync(ct);
        if (await store.Set<SealedText>().AsNoTracking().AnyAsync(text => text.Id == id, ct)) return await vault.OpenAsync(store, id, ct);
        try
        {
            var seals = vault.Begin(name, "gateway", TextClass.Installation);
            seals.Seal(RandomNumberGenerator.GetBytes(Bytes), id);
            store.AddRange(seals.TakeRows());
            await store.SaveChangesAsync(ct);
        }
        catch (DbUpdateException fault) when (fault.IsDuplicate())
        {
            // Another instance was first; its secret counts.
        }
        return await vault.OpenAsync(store, id, ct);
    }
}
