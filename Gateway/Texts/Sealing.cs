using System.Security.Cryptography;

namespace Gateway.Texts;

/// <summary>AES-256-GCM with a random nonce: nonce, ciphertext, tag.</summary>
internal static class Sealing
{
    public const int KeyBytes = 32;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    /// <param name="belongsTo">What it is sealed for; it opens for nothing else.</param>
    public static byte[] Seal(byte[] key, ReadOnlySpan<byte> text, ReadOnlySpan<byte> belongsTo)
    {
        var sealedText = new byte[NonceBytes + text.Length + TagBytes];
        var nonce = sealedText.AsSpan(0, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(key, TagBytes);
        aes.Encrypt(nonce, text, sealedText.AsSpan(NonceBytes, text.Length), sealedText.AsSpan(NonceBytes + text.Length), belongsTo);
        return sealedText;
    }

    /// <exception cref="CryptographicException">The bytes were changed, or are sealed with another key or for something else.</exception>
    public static byte[] Open(byte[] key, ReadOnlySpan<byte> sealedText, ReadOnlySpan<byte> belongsTo)
    {
        if (sealedText.Length < NonceBytes + TagBytes) throw new CryptographicException("These bytes are too few to be a sealed text.");
        var text = new byte[sealedText.Length - NonceBytes - TagBytes];
        using var aes = new AesGcm(key, TagBytes);
        aes.Decrypt(sealedText[..NonceBytes], sealedText.Slice(NonceBytes, text.Length), sealedText[^TagBytes..], text, belongsTo);
        return text;
    }
}
