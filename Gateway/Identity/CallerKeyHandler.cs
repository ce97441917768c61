using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Gateway.Identity;

/// <summary>Takes the key or token where the SDKs put it: <c>Authorization: Bearer</c> (OpenAI) or <c>x-api-key</c> (Anthropic).</summary>
internal sealed class CallerKeyHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, CallerDirectory directory)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "caller";
    private string credential = "";
    private CallerAnswer? answer;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        credential = Request.Headers["x-api-key"].ToString();
        if (credential.Length == 0 && Request.Headers.Authorization.ToString() is var bearer && bearer.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
            credential = bearer["Bearer ".Length..].Trim();

        try
        {
            answer = await directory.FindAsync(credential, Context.RequestAborted);
        }
        catch (OperationCanceledException) when (Context.RequestAborted.IsCancellationRequested)
        {
            answer = new CallerAnswer.Unavailable("caller_gone", "The caller hung up before it was known who it is.");
        }
        return answer switch
        {
            CallerAnswer.Known known => AuthenticateResult.Success(new AuthenticationTicket(known.Caller.ToPrincipal(), SchemeName)),
            CallerAnswer.Refused when credential.Length == 0 => AuthenticateResult.NoResult(),
            CallerAnswer.Refused refused => AuthenticateResult.Fail(refused.Reason),
            CallerAnswer.Unavailable unavailable => AuthenticateResult.Fail(unavailable.Reason),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        await HandleAuthenticateOnceSafeAsync();
        switch (answer)
        {
            case CallerAnswer.Refused refused:
                Response.Headers.WWWAuthenticate = credential.Length == 0 ? "Bearer" : $"Bearer error=\"invalid_token\", error_description=\"{refused.Reason}\"";
                await WriteAsync(StatusCodes.Status401Unauthorized, "authentication_error", refused.Code, refused.Reason);
                break;
            case CallerAnswer.Unavailable unavailable:
                Response.Headers.RetryAfter = "5";
                await WriteAsync(StatusCodes.Status503ServiceUnavailable, "api_error", unavailable.Code, unavailable.Reason);
                break;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    /// <summary>One envelope that both providers' SDKs read as their own.</summary>
    private Task WriteAsync(int status, string type, string code, string message)
    {
        Response.StatusCode = status;
        return Response.WriteAsJsonAsync(new { type = "error", error = new { type, code, message, param = (string?)null } });
    }
}
