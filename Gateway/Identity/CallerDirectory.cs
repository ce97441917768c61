using System.Security.Cryptography;
using System.Text;
using Contracts.Messages;

namespace Gateway.Identity;

/// <summary>The one door to who calls, asked anew for every request: the configuration first, in memory, then the other sources.</summary>
internal sealed class CallerDirectory(ConfiguredCallers configured, IEnumerable<ICallerSource> sources)
{
    private static readonly CallerAnswer.Refused NotKnown = new("invalid_api_key",
        "The key is missing or not known. Send the gateway's caller key as your SDK's API key (Authorization: Bearer, or x-api-key).");

    private readonly ICallerSource[] sources = [.. sources];

    /// <returns>Never <see cref="CallerAnswer.NotMine"/>.</returns>
    public async Task<CallerAnswer> FindAsync(string credential, CancellationToken ct)
    {
        if (credential.Length == 0) return NotKnown;
        if (configured.ByHash(Hash(credential)) is { } caller) return new CallerAnswer.Known(caller);
        foreach (var source in sources)
        {
            if (await source.FindAsync(credential, ct) is var answer and not CallerAnswer.NotMine) return answer;
        }
        return NotKnown;
    }

    /// <summary>The second look, at the moment of execution: the caller as it is now, or null when it is no longer let in the way it came.</summary>
    public async Task<Caller?> FindAsync(CallerRef snapshot, CancellationToken ct)
    {
        if (snapshot.Credential is not { } credential) return configured.BySubject(snapshot.Subject);
        var colon = credential.IndexOf(':', StringComparison.Ordinal);
        return Array.Find(sources, source => source.Name == credential[..colon]) is { } source ? await source.FindAsync(snapshot, credential[(colon + 1)..], ct) : null;
    }

    /// <summary>Callers of the configuration only: no other has a webhook.</summary>
    public Caller? BySubject(string subject) => configured.BySubject(subject);

    internal static string Hash(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
