using System.Security.Claims;
using System.Text.Encodings.Web;
using Contracts;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Approvals.Tests.Support;

/// <summary>The composing host's part: signs people in from a header <c>name;group,group;permission,permission</c>.</summary>
internal sealed class HeaderPeople(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Header = "X-Person";

    public static string Describe(string name, string groups = "reviewers", string permissions = Permissions.Review) => $"{name};{groups};{permissions}";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (!Request.Headers.TryGetValue(Header, out var header)) return Task.FromResult(AuthenticateResult.NoResult());

        var parts = header.ToString().Split(';');
        List<Claim> claims = [new(PersonClaims.Name, parts[0])];
        if (parts[0].Length > 0) claims.Add(new(PersonClaims.Subject, parts[0]));
        claims.AddRange(parts[1].Split(',', StringSplitOptions.RemoveEmptyEntries).Select(group => new Claim(PersonClaims.Group, group)));
        claims.AddRange(parts[2].Split(',', StringSplitOptions.RemoveEmptyEntries).Select(permission => new Claim(PersonClaims.Permission, permission)));
        var person = new ClaimsPrincipal(new ClaimsIdentity(claims, Scheme.Name));
        return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(person, Scheme.Name)));
    }
}
