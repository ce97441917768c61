using System.Security.Cryptography;
using Gateway.Storage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Texts;

/// <summary>The text is not there any more: it was erased, and the trail says by whom and why.</summary>
internal sealed class TextErasedException(string interaction) : Exception($"The texts of {interaction} were erased.");

/// <summary>Where texts are sealed and opened. Each interaction has a key of its own, so that it can be erased alone and for good.</summary>
internal sealed class TextVault(MasterKeys masters, IDataProtectionProvider protection, TimeProvider clock)
{
    private readonly IDataProtector before = protection.CreateProtector("Approvals.Gateway.Text.v1");

    /// <summary>Compiled for the store of this vault: each execution begins and ends with them.</summary>
    private readonly Func<GatewayStore, string, CancellationToken, Task<TextKey?>> findKey =
        EF.CompileAsyncQuery((GatewayStore store, string interaction, CancellationToken _) => store.Set<TextKey>().AsNoTracking().SingleOrDefault(key => key.Id == interaction));
    private readonly Func<GatewayStore, Guid, CancellationToken, Task<SealedWithKey?>> find = EF.CompileAsyncQuery((GatewayStore store, Guid id, CancellationToken _) =>
        (from text in store.Set<SealedText>().AsNoTracking()
         where text.Id == id
         join key in store.Set<TextKey>().AsNoTracking() on text.KeyId equals key.Id into keys
         from key in keys.DefaultIfEmpty()
         select new SealedWithKey(text, key)).SingleOrDefault());

    /// <summary>The key of an interaction that has no texts yet; saved with the first of them.</summary>
    public TextSeals Begin(string interaction, string owner, TextClass kept)
    {
        var key = RandomNumberGenerator.GetBytes(Sealing.KeyBytes);
        var row = new TextKey { Id = interaction, Owner = owner, Class = kept, StoredAt = clock.GetUtcNow(), MasterKey = masters.Current.Id, Wrapped = masters.Current.Wrap(key) };
        return new TextSeals(interaction, key, row, clock);
    }

    /// <summary>The key of an interaction that has texts already.</summary>
    /// <exception cref="TextErasedException" />
    public async Task<TextSeals> ResumeAsync(GatewayStore store, string interaction, CancellationToken ct) =>
        await TryResumeAsync(store, interaction, ct) ?? throw new TextErasedException(interaction);

    public async Task<TextSeals?> TryResumeAsync(GatewayStore store, string interaction, CancellationToken ct) =>
        await findKey(store, interaction, ct) is { } row ? new TextSeals(interaction, masters.Unwrap(row), null, clock) : null;

    /// <summary>Erases the texts of this key in the transaction under way, and the key with them.</summary>
    public static async Task EraseAsync(GatewayStore store, string key, CancellationToken ct)
    {
        await store.Set<SealedText>().Where(text => text.KeyId == key).ExecuteDeleteAsync(ct);
        await store.Set<TextKey>().Where(row => row.Id == key).ExecuteDeleteAsync(ct);
    }

    /// <exception cref="TextErasedException" />
    /// <exception cref="CryptographicException">The bytes were changed.</exception>
    public async Task<byte[]> OpenAsync(GatewayStore store, Guid id, CancellationToken ct)
    {
        var read = await find(store, id, ct);
        return Open(read?.Text, read?.Key, id);
    }

    /// <param name="text">As it is stored; null where it is not any more.</param>
    /// <param name="key">The one it is stored with; null where that was erased, or the text is from before texts had keys.</param>
    /// <exception cref="TextErasedException" />
    /// <exception cref="CryptographicException">The bytes were changed.</exception>
    public byte[] Open(SealedText? text, TextKey? key, Guid id)
    {
        if (text is null) throw new TextErasedException($"text {id}");
        if (text.KeyId is null) return before.Unprotect(text.Sealed);
        if (key is null) throw new TextErasedException(text.KeyId);
        return new TextSeals(text.KeyId, masters.Unwrap(key), null, clock).Open(text);
    }

    private sealed record SealedWithKey(SealedText Text, TextKey? Key);
}

/// <summary>Seals and opens the texts of one interaction.</summary>
internal sealed class TextSeals(string interaction, byte[] key, TextKey? unsaved, TimeProvider clock)
{
    private readonly List<object> rows = unsaved is null ? [] : [unsaved];

    /// <summary>The salt of its digests; erased with the key, so that nobody can find out afterwards what was said by trying.</summary>
    public byte[] Salt { get; } = HMACSHA256.HashData(key, "digest"u8);

    /// <param name="id">To be found under; null for a new one.</param>
    public SealedText Seal(ReadOnlySpan<byte> text, Guid? id = null)
    {
        var own = id ?? Guid.CreateVersion7(clock.GetUtcNow());
        var row = new SealedText { Id = own, KeyId = interaction, Sealed = Sealing.Seal(key, text, own.ToByteArray()), StoredAt = clock.GetUtcNow() };
        rows.Add(row);
        return row;
    }

    public byte[] Open(SealedText text) => Sealing.Open(key, text.Sealed, text.Id.ToByteArray());

    /// <summary>What the trail keeps of a text: SHA-256 over the salt and the text. Whoever has both can show that it was this one.</summary>
    public string Digest(ReadOnlySpan<byte> text)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Salt);
        hash.AppendData(text);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>What is to be saved since this was asked last.</summary>
    public IReadOnlyList<object> TakeRows()
    {
        object[] taken = [.. rows];
        rows.Clear();
        return taken;
    }
}
