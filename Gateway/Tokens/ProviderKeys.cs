using System.Text.Json;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Gateway.Tokens;

/// <summary>It cannot be known now which keys the provider signs with.</summary>
internal sealed class ProviderUnavailableException(string provider) : Exception($"The keys of provider '{provider}' are not known.");

/// <summary>
/// What one provider signs with, as its discovery document says. Looked at again every hour, and when a token names a key
/// that is not among them; but never again within <see cref="Pause"/>, whatever callers make up.
/// </summary>
/// <remarks>
/// The library's own cache (ConfigurationManager) looks again in the background: after a rollover it refuses the first tokens,
/// and for five minutes all of them if somebody made up a key just before.
/// </remarks>
#pragma warning disable CA1001 // Its gate is as old as the process, and a semaphore nobody waits on through a handle holds nothing to give back.
internal sealed partial class ProviderKeys(CallerProviderOptions provider, IHttpClientFactory clients, TimeProvider clock, ILogger<ProviderKeys> logger)
{
    public const string ClientName = "caller-provider";

    /// <summary>A provider that is away says nothing of keys it has withdrawn; they are not trusted for ever.</summary>
    public static readonly TimeSpan LongestTrust = TimeSpan.FromHours(12);
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Fresh = TimeSpan.FromHours(1);

    private readonly SemaphoreSlim gate = new(1);
    private volatile Known? known;
    private DateTimeOffset triedAt = DateTimeOffset.MinValue;
    private bool answered;

    /// <summary>The keys that a token with this id may be signed with; none when the provider has no such key. All, for a token that names none.</summary>
    /// <exception cref="ProviderUnavailableException">The provider does not answer, and what is known does not settle it.</exception>
    public async Task<IReadOnlyList<SecurityKey>> FindAsync(string keyId, CancellationToken ct)
    {
        var usable = Usable(keyId);
        if (usable.Count > 0 && known!.At + Fresh > clock.GetUtcNow()) return usable; // usable: something is known
        // One looks again; whoever has something to go by does not wait for it.
        if (usable.Count == 0) await gate.WaitAsync(ct);
        else if (!await gate.WaitAsync(TimeSpan.Zero, ct)) return usable;
        try
        {
            if (clock.GetUtcNow() - triedAt >= Pause)
            {
                var found = await FetchAsync();
                (known, answered, triedAt) = (found ?? known, found is not null, clock.GetUtcNow());
            }
            usable = Usable(keyId);
            // It may have added a key since it went away: that is no reason to call a token wrong.
            return usable.Count > 0 || answered ? usable : throw new ProviderUnavailableException(provider.Name);
        }
        finally
        {
            gate.Release();
        }
    }

    private IReadOnlyList<SecurityKey> Usable(string keyId) => known is { } last && last.At + LongestTrust > clock.GetUtcNow() ? last.Find(keyId) : [];

    /// <summary>Not given up with the caller that asked for it: others wait for the same.</summary>
    private async Task<Known?> FetchAsync()
    {
        try
        {
            var documents = new HttpDocumentRetriever(clients.CreateClient(ClientName)) { RequireHttps = !provider.AllowHttp };
            var found = await OpenIdConnectConfigurationRetriever.GetAsync(provider.Metadata, documents, CancellationToken.None);
            if (found.Issuer == provider.Authority) return new Known([.. found.SigningKeys], clock.GetUtcNow());
            LogOtherIssuer(provider.Name);
        }
        catch (Exception fault) when (fault is IOException or OperationCanceledException or ArgumentException or JsonException or InvalidOperationException or SecurityTokenException)
        {
            LogNotReached(provider.Name, fault.GetType().Name);
        }
        return null;
    }

    [LoggerMessage(1, LogLevel.Warning, "The discovery document of caller provider {Provider} cannot be read ({Fault}); its tokens are taken only as far as its keys are known.")]
    private partial void LogNotReached(string provider, string fault);

    [LoggerMessage(2, LogLevel.Error, "The discovery document of caller provider {Provider} names another issuer than the Authority in the settings, so none of its tokens is taken.")]
    private partial void LogOtherIssuer(string provider);

    private sealed record Known(IReadOnlyList<SecurityKey> Keys, DateTimeOffset At)
    {
        public IReadOnlyList<SecurityKey> Find(string keyId) => keyId.Length == 0 ? Keys : [.. Keys.Where(key => key.KeyId == keyId)];
    }
}
