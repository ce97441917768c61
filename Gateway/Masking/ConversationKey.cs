using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Gateway.Masking;

/// <summary>
/// What digests and made-up values of one conversation of one caller hang on: the same at every turn and on every instance,
/// and of no use in any other conversation.
/// </summary>
internal sealed class ConversationKey
{
    private readonly byte[] key;

    private ConversationKey(byte[] key) => this.key = key;

    /// <param name="secret">The gateway's own; whoever has it can try values.</param>
    /// <param name="caller">The caller's subject.</param>
    /// <param name="opening">The texts a conversation begins with, which every turn of it repeats.</param>
    public static ConversationKey Of(ReadOnlySpan<byte> secret, string caller, IEnumerable<string> opening)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, secret);
        foreach (var text in opening.Prepend(caller)) Append(hmac, text);
        return new(hmac.GetHashAndReset());
    }

    /// <summary>32 bytes that depend on the value and on what they are for.</summary>
    public byte[] Digest(string purpose, string value)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        Append(hmac, purpose);
        Append(hmac, value);
        return hmac.GetHashAndReset();
    }

    /// <summary>With its length before it, so that no two lists of texts are written alike.</summary>
    private static void Append(IncrementalHash hash, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
        hash.AppendData(length);
        hash.AppendData(bytes);
    }
}
