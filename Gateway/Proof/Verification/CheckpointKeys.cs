using System.Text;

namespace Gateway.Proof.Verification;

/// <summary>Whose signatures count. A key that signed a checkpoint together with a trusted one is trusted from there on: that is how a new key is introduced.</summary>
internal sealed class CheckpointKeys(IReadOnlyList<SigningKey> trusted)
{
    private readonly Dictionary<string, SigningKey> byPublicKey = trusted.DistinctBy(key => key.PublicKey).ToDictionary(key => key.PublicKey);
    private readonly HashSet<string> vouched = [.. trusted.Select(key => key.Id)];

    /// <returns>Null where the checkpoint's own key has not signed it.</returns>
    public (string Key, bool Trusted)? Check(Checkpoint checkpoint, CheckpointStatement statement)
    {
        if (KeyOf(statement.PublicKey) is not { } own) return null;
        var line = Encoding.UTF8.GetBytes(checkpoint.Line);
        var signed = checkpoint.Signatures
            .Where(signature => byPublicKey.Values.FirstOrDefault(key => key.Id == signature.Key) is { } key && Verifies(key, line, signature.Signature))
            .Select(signature => signature.Key).ToHashSet();
        if (!signed.Contains(own.Id)) return null;
        var isTrusted = signed.Overlaps(vouched);
        if (isTrusted) vouched.Add(own.Id);
        return (own.Id, isTrusted);
    }

    public string IdOf(CheckpointStatement statement) => KeyOf(statement.PublicKey)?.Id ?? "a key that is none";

    private static bool Verifies(SigningKey key, byte[] line, string signature)
    {
        var bytes = new byte[signature.Length];
        return Convert.TryFromBase64String(signature, bytes, out var length) && key.Verifies(line, bytes.AsSpan(0, length));
    }

    private SigningKey? KeyOf(string publicKey)
    {
        if (byPublicKey.TryGetValue(publicKey, out var known)) return known;
        try
        {
            return byPublicKey[publicKey] = SigningKey.FromPublicKey(publicKey);
        }
        catch (SigningKeyException)
        {
            return null;
        }
    }
}
