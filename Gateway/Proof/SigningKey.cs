using System.Security.Cryptography;

namespace Gateway.Proof;

internal sealed class SigningKeyException(string message) : Exception(message);

/// <summary>An ECDSA key that signs checkpoints with SHA-256, or with its public half alone checks signatures. Signatures are in the form that <c>openssl dgst -verify</c> reads (RFC 3279).</summary>
internal sealed class SigningKey : IDisposable
{
    private const int IdBytes = 16;
    private const long LargestFile = 64 * 1024;
    private readonly ECDsa key;
    private readonly Lock oneAtATime = new();

    private SigningKey(ECDsa key)
    {
        this.key = key;
        var spki = key.ExportSubjectPublicKeyInfo();
        PublicKey = Convert.ToBase64String(spki);
        Id = Convert.ToHexStringLower(SHA256.HashData(spki).AsSpan(0, IdBytes));
    }

    /// <summary>The first half of the SHA-256 of the public key's DER form, in hexadecimal.</summary>
    public string Id { get; }

    /// <summary>SubjectPublicKeyInfo in base64.</summary>
    public string PublicKey { get; }

    public string PublicPem => key.ExportSubjectPublicKeyInfoPem();

    /// <returns>Null where neither is given.</returns>
    /// <exception cref="SigningKeyException">The file is not there, or it is no private key of the kind.</exception>
    public static SigningKey? Read(string? pem, string? file)
    {
        if (file is not null) pem = TextOf(file);
        if (pem is null) return null;
        var read = FromPem(pem);
        try
        {
            read.Sign([]);
            return read;
        }
        catch (CryptographicException)
        {
            read.Dispose();
            throw new SigningKeyException("This is a public key; the private one is needed to sign.");
        }
    }

    /// <summary>Either half.</summary>
    /// <exception cref="SigningKeyException" />
    public static SigningKey FromPem(string pem)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
            return new SigningKey(key);
        }
        catch (Exception wrong) when (wrong is ArgumentException or CryptographicException)
        {
            key.Dispose();
            throw new SigningKeyException("This is no ECDSA key in PEM.");
        }
    }

    /// <exception cref="SigningKeyException" />
    public static SigningKey FromPublicKey(string base64)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportSubjectPublicKeyInfo(Convert.FromBase64String(base64), out _);
            return new SigningKey(key);
        }
        catch (Exception wrong) when (wrong is FormatException or CryptographicException)
        {
            key.Dispose();
            throw new SigningKeyException("This is no public ECDSA key.");
        }
    }

    /// <exception cref="SigningKeyException" />
    public static string TextOf(string file)
    {
        try
        {
            return new FileInfo(file).Length > LargestFile ? throw new SigningKeyException($"The file {file} is too large to be a key.") : File.ReadAllText(file);
        }
        catch (Exception missing) when (missing is IOException or UnauthorizedAccessException)
        {
            throw new SigningKeyException($"The file {file} cannot be read: {missing.Message}");
        }
    }

    /// <summary>A new private key, P-256, as PEM.</summary>
    public static string Make()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return key.ExportPkcs8PrivateKeyPem();
    }

    public byte[] Sign(ReadOnlySpan<byte> data)
    {
        lock (oneAtATime) return key.SignData(data, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
    }

    public bool Verifies(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        lock (oneAtATime) return key.VerifyData(data, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
    }

    public void Dispose() => key.Dispose();
}
