using System.Text;
using Microsoft.Extensions.Options;

namespace Gateway.Proof;

/// <summary>Signs with the key in use, and with the one before it while that is configured.</summary>
internal sealed class CheckpointSigner : IDisposable
{
    private readonly SigningKey key;
    private readonly SigningKey? previous;

    public CheckpointSigner(IOptions<ProofOptions> options)
    {
        key = SigningKey.Read(options.Value.SigningKey, options.Value.SigningKeyFile)!; // the rules let nobody start without one
        previous = SigningKey.Read(options.Value.PreviousSigningKey, options.Value.PreviousSigningKeyFile);
    }

    public string PublicKey => key.PublicKey;

    /// <summary>What whoever checks the trail elsewhere has to have, as PEM.</summary>
    public string PublicPem => key.PublicPem;

    public IReadOnlyList<CheckpointSignature> Sign(string line)
    {
        var bytes = Encoding.UTF8.GetBytes(line);
        return [.. new[] { key, previous }.OfType<SigningKey>().Select(one => new CheckpointSignature(one.Id, Convert.ToBase64String(one.Sign(bytes))))];
    }

    public void Dispose()
    {
        key.Dispose();
        previous?.Dispose();
    }
}
