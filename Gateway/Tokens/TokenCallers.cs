using Contracts.Messages;
using Gateway.Identity;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Gateway.Tokens;

/// <summary>
/// Callers with an access token of a provider from the settings. The token's own word of its issuer only chooses the provider;
/// it is then judged by that one's keys, issuer and audience alone.
/// </summary>
internal sealed class TokenCallers : ICallerSource
{
    public const string SourceName = "token";
    private const string Code = "invalid_token";

    /// <summary>Characters. What is longer is not looked into.</summary>
    private const int LongestToken = 16 * 1_024;

    private readonly Dictionary<string, Provider> byIssuer = new(StringComparer.Ordinal);
    private readonly ConfiguredCallers configured;

    public TokenCallers(IOptions<CallerProviderList> options, ConfiguredCallers configured, RightsByGroup rights, IHttpClientFactory clients, TimeProvider clock, ILogger<ProviderKeys> logger)
    {
        this.configured = configured;
        foreach (var provider in options.Value.CallerProviders)
        {
            var bare = provider.IsOf(options.Value.People);
            byIssuer[provider.Authority] = new Provider(provider.Name, bare, new TokenJudge(provider, new ProviderKeys(provider, clients, clock, logger), clock), new TokenCaller(provider, bare, rights));
        }
    }

    public string Name => SourceName;

    public async Task<CallerAnswer> FindAsync(string credential, CancellationToken ct)
    {
        if (byIssuer.Count == 0) return new CallerAnswer.NotMine();
        if (credential.Length > LongestToken) return Refused("The token is longer than 16 kB.");
        if (!LooksLikeToken(credential)) return new CallerAnswer.NotMine();
        try
        {
            var token = new JsonWebToken(credential);
            if (!byIssuer.TryGetValue(token.Issuer, out var provider)) return Refused("The token is of a provider that is not taken here (issuer).");
            if (await provider.Judge.FaultOfAsync(token, ct) is { } fault) return Refused(fault);
            if (provider.Reader.TryRead(token, out var unreadable) is not { } caller) return Refused(unreadable!); // one or the other
            return IsTaken(caller.Subject, provider) ? Refused("The token's subject is the name of another kind of caller here.") : new CallerAnswer.Known(caller);
        }
        catch (Exception unreadable) when (unreadable is SecurityTokenException or ArgumentException)
        {
            return Refused("The token cannot be read.");
        }
        catch (ProviderUnavailableException)
        {
            return new CallerAnswer.Unavailable("provider_unavailable", "The identity provider of this token does not answer, so the token cannot be checked. Try again later.");
        }
    }

    /// <summary>The token may have expired since; who its bearer was stays true, and what its groups may do is looked up anew.</summary>
    public Task<Caller?> FindAsync(CallerRef snapshot, string credential, CancellationToken ct)
    {
        var provider = byIssuer.Values.FirstOrDefault(provider => provider.Name == credential);
        return Task.FromResult(provider?.Reader.Make(snapshot.Subject, snapshot.Name, snapshot.Groups, snapshot.Owner));
    }

    /// <summary>Subjects of the people's provider stand without its name, so they could spell one of somebody else's.</summary>
    private bool IsTaken(string subject, Provider provider) =>
        configured.BySubject(subject) is not null
        || (provider.Bare && (subject.StartsWith(Caller.AccountPrefix, StringComparison.Ordinal) || byIssuer.Values.Any(other => subject.StartsWith($"{other.Name}/", StringComparison.Ordinal))));

    private static CallerAnswer.Refused Refused(string reason) => new(Code, reason);

    /// <summary>Three parts, the first a JSON object in base64url. The last may be empty: then it is not signed, and refused for that.</summary>
    private static bool LooksLikeToken(string credential) =>
        credential.StartsWith("eyJ", StringComparison.Ordinal) && credential.AsSpan().Count('.') == 2 && credential.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_');

    private sealed record Provider(string Name, bool Bare, TokenJudge Judge, TokenCaller Reader);
}
