using System.Globalization;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Contracts;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Approvals.Tests.Support;

/// <summary>The composing host's part: signs people in from a header <c>name;group,group;permission,permission;seconds since the sign-in</c>.</summary>
internal sealed class HeaderPeople(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Header = "X-Person";

    /// <summary>Instead of seconds: the sign-in does not say when it was.</summary>
    public const int NoTime = int.MinValue;

    /// <summary>From the sign-in on.</summary>
    public static readonly TimeSpan TokenLife = TimeSpan.FromHours(8);

    public static string Describe(string name, string groups = "reviewers", string permissions = Permissions.Review, int secondsAgo = 0) => $"{name};{groups};{permissions};{secondsAgo}";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (!Request.Headers.TryGetValue(Header, out var header)) return Task.FromResult(AuthenticateResult.NoResult());

        var parts = header.ToString().Split(';');
        List<Claim> claims = [new(PersonClaims.Name, parts[0])];
        if (parts[0].Length > 0) claims.Add(new(PersonClaims.Subject, parts[0]));
        claims.AddRange(parts[1].Split(',', StringSplitOptions.RemoveEmptyEntries).Select(group => new Claim(PersonClaims.Group, group)));
        claims.AddRange(parts[2].Split(',', StringSplitOptions.RemoveEmptyEntries).Select(permission => new Claim(PersonClaims.Permission, permission)));
        var ago = int.Parse(parts[3], CultureInfo.InvariantCulture);
        var signedIn = TimeProvider.GetUtcNow().ToUnixTimeSeconds() - ago;
        if (ago != NoTime) claims.Add(new(PersonClaims.SignedInAt, signedIn.ToString(CultureInfo.InvariantCulture)));
        var person = new ClaimsPrincipal(new ClaimsIdentity(claims, Scheme.Name));
        var clock = Request.Path.StartsWithSegments("/hubs", StringComparison.Ordinal) ? TimeProvider.System : TimeProvider; // the framework closes lines by the system's, once a second
        var properties = new AuthenticationProperties { ExpiresUtc = clock.GetUtcNow().AddSeconds(ago == NoTime ? 0 : -ago) + TokenLife };
        return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(person, properties, Scheme.Name)));
    }
}
