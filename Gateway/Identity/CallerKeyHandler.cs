using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Gateway.Identity;

/// <summary>Takes the key where the SDKs put it: <c>Authorization: Bearer</c> (OpenAI) or <c>x-api-key</c> (Anthropic).</summary>
internal sealed class CallerKeyHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, CallerDirectory directory)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "caller";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var key = Request.Headers["x-api-key"].ToString();
        if (key.Length == 0 && Request.Headers.Authorization.ToString() is var bearer && bearer.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
            key = bearer["Bearer ".Length..].Trim();

        if (key.Length == 0) return Task.FromResult(AuthenticateResult.NoResult());
        return Task.FromResult(directory.ByKey(key) is { } caller
            ? AuthenticateResult.Success(new AuthenticationTicket(caller.ToPrincipal(), SchemeName))
            : AuthenticateResult.Fail("The key is not known."));
    }

    /// <summary>One envelope that both providers' SDKs read as their own.</summary>
    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        Response.Headers.WWWAuthenticate = "Bearer";
        return Response.WriteAsJsonAsync(new
        {
            type = "error",
            error = new
            {
                type = "authentication_error",
                code = "invalid_api_key",
                message = "The key is missing or not known. Send the gateway's caller key as your SDK's API key (Authorization: Bearer, or x-api-key).",
                param = (string?)null,
            },
        });
    }
}
