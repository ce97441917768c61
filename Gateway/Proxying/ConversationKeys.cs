using System.Security.Cryptography;
using Contracts;
using Gateway.Masking;
using Gateway.Prompts;
using Gateway.Storage;
using Gateway.Texts;
using Microsoft.EntityFrameworkCore;
using Shared;

namespace Gateway.Proxying;

/// <summary>
/// The key of a prompt's conversation. It hangs on a secret that the first gateway to need one makes up and seals in the
/// store, like any text: every instance finds the same, and nobody has to configure it. Whoever erases old texts leaves this one,
/// or running conversations get other digests and made-up values.
/// </summary>
internal sealed class ConversationKeys(IDbContextFactory<GatewayStore> stores, TextVault vault)
{
    private const int SecretBytes = 32;
    private static readonly Guid SecretId = new("6d61736b-696e-4767-8b65-790000000001");

    private byte[]? secret;

    public async Task<ConversationKey> ForAsync(string caller, Prompt prompt, CancellationToken ct) =>
        ConversationKey.Of(secret ??= await SecretAsync(ct), caller, Opening(prompt.Body.Parts));

    /// <summary>
    /// The first system and the first user text. A client that sends only the newest turn (<c>previous_response_id</c>), or
    /// writes the time of day into its system text, begins a conversation with each call.
    /// </summary>
    public static IEnumerable<string> Opening(IReadOnlyList<PromptPart> parts) =>
        [parts.FirstOrDefault(part => part is { Role: "system", Kind: not "tool definition" })?.Text ?? "", parts.FirstOrDefault(part => part.Role == "user")?.Text ?? ""];

    private async Task<byte[]> SecretAsync(CancellationToken ct)
    {
        await using var store = await stores.CreateDbContextAsync(ct);
        if (await store.Set<SealedText>().AsNoTracking().AnyAsync(text => text.Id == SecretId, ct)) return await vault.OpenAsync(store, SecretId, ct);
        try
        {
            var seals = vault.Begin("conversations", "gateway", TextClass.Installation);
            seals.Seal(RandomNumberGenerator.GetBytes(SecretBytes), SecretId);
            store.AddRange(seals.TakeRows());
            await store.SaveChangesAsync(ct);
        }
        catch (DbUpdateException fault) when (fault.IsDuplicate())
        {
            // Another instance was first; its secret counts.
        }
        return await vault.OpenAsync(store, SecretId, ct);
    }
}
