using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Gateway.Tokens;

/// <summary>Whether one provider's token is good, and if not, why. All cryptography is the library's.</summary>
internal sealed class TokenJudge(CallerProviderOptions provider, ProviderKeys keys, TimeProvider clock)
{
    /// <summary>A provider signs with a key that only it has. HMAC would make everybody who can check a token able to make one.</summary>
    private static readonly string[] Algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    private readonly JsonWebTokenHandler handler = new() { MapInboundClaims = false };

    /// <summary>Null when it is good.</summary>
    /// <exception cref="ProviderUnavailableException">It cannot be judged now.</exception>
    public async Task<string?> FaultOfAsync(JsonWebToken token, CancellationToken ct)
    {
        if (token.Alg is null or "" or "none") return "The token is not signed (alg none).";
        if (!Algorithms.Contains(token.Alg)) return "The token is not signed with a key that only its provider has (alg).";
        if (token.TryGetHeaderValue<object>("crit", out _)) return "The token asks for an extension that is not known here (crit).";
        var signedWith = await keys.FindAsync(token.Kid ?? "", ct);
        if (signedWith.Count == 0) return "The token is signed with a key that its provider does not have (kid).";

        var result = await handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = provider.Authority,
            ValidAudience = provider.Audience,
            ValidAlgorithms = Algorithms,
            IssuerSigningKeys = signedWith,
            LifetimeValidator = (from, until, _, _) => TimeFaultOf(from, until) is null,
        });
        return result.IsValid ? null : result.Exception switch
        {
            SecurityTokenInvalidSignatureException => "The token's signature is not its provider's.",
            SecurityTokenInvalidAudienceException => "The token is not meant for this gateway (audience).",
            SecurityTokenInvalidIssuerException => "The token was not issued by this provider (issuer).",
            // Only a token without exp has a lifetime that names none; one that cannot be read has none either.
            SecurityTokenInvalidLifetimeException => TimeFaultOf(Stated(token, "nbf") ? token.ValidFrom : null, Stated(token, "exp") ? token.ValidTo : null),
            _ => "The token is not valid.",
        } ?? "The token is not valid.";
    }

    private string? TimeFaultOf(DateTime? from, DateTime? until)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return until is null ? "The token does not say when it expires (exp)."
            : until + provider.ClockSkew <= now ? "The token has expired (exp)."
            : from - provider.ClockSkew > now ? "The token is not valid yet (nbf)."
            : null;
    }

    private static bool Stated(JsonWebToken token, string claim) => token.TryGetPayloadValue<long>(claim, out _);
}
