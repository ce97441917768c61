using System.Security.Claims;
using Contracts;
using Contracts.Api;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;

namespace ApprovalsUI.Pages.SigningIn;

/// <summary>How the console remembers who is signed in: an encrypted cookie that no script can read.</summary>
internal static class ConsoleCookie
{
    internal const string Scheme = "console";
    internal static readonly PathString SignInPath = "/console/sign-in";

    internal static void Configure(CookieAuthenticationOptions cookie)
    {
        cookie.Cookie.Name = "approvals.console";
        cookie.Cookie.HttpOnly = true;
        // Strict would sign people out of every link they follow from a message; posts from other sites carry no Lax cookie either.
        cookie.Cookie.SameSite = SameSiteMode.Lax;
        cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        cookie.ExpireTimeSpan = TimeSpan.FromHours(8);
        cookie.SlidingExpiration = true;
        cookie.Events.OnRedirectToLogin = SendTo(SignInPath);
        cookie.Events.OnRedirectToAccessDenied = context =>
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        };
    }

    internal static ClaimsPrincipal Principal(Session session)
    {
        var person = session.Person;
        Claim[] claims =
        [
            new(PersonClaims.Subject, person.Subject),
            new(PersonClaims.Name, person.Name),
            .. person.Groups.Select(group => new Claim(PersonClaims.Group, group)),
            .. person.Permissions.Select(permission => new Claim(PersonClaims.Permission, permission)),
            new(PersonClaims.AccessToken, session.AccessToken),
        ];
        return new(new ClaimsIdentity(claims, Scheme, PersonClaims.Name, PersonClaims.Group));
    }

    /// <summary>Pages lead to the sign-in page and back; the circuit's own endpoints say 401.</summary>
    internal static Func<Microsoft.AspNetCore.Authentication.RedirectContext<CookieAuthenticationOptions>, Task> SendTo(PathString signIn) => context =>
    {
        var request = context.Request;
        if (!HttpMethods.IsGet(request.Method) || !request.Path.StartsWithSegments("/console", StringComparison.Ordinal))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return Task.CompletedTask;
        }

        var back = QueryString.Create("return", request.Path + request.QueryString);
        context.Response.Redirect(request.PathBase + signIn + back);
        return Task.CompletedTask;
    };
}
