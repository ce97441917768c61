using ApprovalsUI.Client;
using ApprovalsUI.Client.Calls;
using Contracts;
using Contracts.Api;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace ApprovalsUI.Pages.SigningIn;

/// <summary>The forms that change who is signed in. Each takes posts from the console's own pages only.</summary>
internal static class SignInApi
{
    private const int MaxFormBytes = 8 * 1024;

    internal static void AddSignIn(this IServiceCollection services)
    {
        services.AddAuthentication().AddCookie(ConsoleCookie.Scheme, ConsoleCookie.Configure);
        services.AddAuthorization();
        services.AddCascadingAuthenticationState();
        services.AddSingleton<SignInLimiter>();
    }

    internal static RouteGroupBuilder MapSignIn(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/console").ExcludeFromDescription();

        // Before the pages of the same address, which would take a post as well.
        group.WithOrder(-1);
        group.MapPost("/sign-in", SignIn);
        group.MapPost("/sign-out", (Delegate)SignOut);
        group.MapPost("/sign-out-everywhere", (Delegate)SignOutEverywhere);
        group.MapProviderSignIn();
        return group;
    }

    private static async Task<IResult> SignIn(HttpContext context, ApprovalsClient approvals, SignInLimiter limiter)
    {
        if (FromElsewhere(context.Request) || !context.Request.HasFormContentType || context.Request.ContentLength is not <= MaxFormBytes)
        {
            return Results.BadRequest();
        }

        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var back = ReturnPath.Checked(form["return"]);
        if (!limiter.Allows(context.Connection.RemoteIpAddress))
        {
            return Again(SignInProblem.Busy, back);
        }

        var token = form["token"].ToString().Trim();
        var person = form["person"].ToString();
        if (token.Length == 0)
        {
            return Again(SignInProblem.Token, back);
        }

        var answer = await approvals.SignInAsync(new SignIn(token, person.Length > 0 ? person : null), context.RequestAborted);
        if (answer is not ApiResult<Session>.Ok(var session))
        {
            if (answer is ApiResult<Session>.Unreachable)
            {
                return Again(SignInProblem.Unreachable, back);
            }

            limiter.CountWrong(context.Connection.RemoteIpAddress);
            return Again(SignInProblem.Token, back);
        }

        await context.SignInAsync(ConsoleCookie.Scheme, ConsoleCookie.Principal(session), new() { ExpiresUtc = session.ExpiresAt, AllowRefresh = false });
        return Results.LocalRedirect(back);
    }

    private static async Task<IResult> SignOut(HttpContext context)
    {
        if (FromElsewhere(context.Request))
        {
            return Results.BadRequest();
        }

        // The provider's own session ends too, or the next visit would sign the same person in again.
        if (await context.RequestServices.GetRequiredService<IAuthenticationSchemeProvider>().GetSchemeAsync(ProviderSignIn.Scheme) is not null)
            return Results.SignOut(authenticationSchemes: [ConsoleCookie.Scheme, ProviderSignIn.Scheme]);

        await context.SignOutAsync(ConsoleCookie.Scheme);
        return Results.LocalRedirect(ConsoleCookie.SignInPath);
    }

    /// <summary>Signs out here only once it holds everywhere: somebody who is told less would rely on what did not happen.</summary>
    private static async Task<IResult> SignOutEverywhere(HttpContext context, GatewayClient gateway)
    {
        if (FromElsewhere(context.Request))
        {
            return Results.BadRequest();
        }

        var cookie = await context.AuthenticateAsync(ConsoleCookie.Scheme);
        var token = cookie.Principal?.FindFirst(PersonClaims.AccessToken)?.Value;
        return token is null || await gateway.SignOutEverywhereAsync(token, context.RequestAborted) is ApiResult<object>.Ok or ApiResult<object>.Refused({ Status: StatusCodes.Status401Unauthorized })
            ? await SignOut(context)
            : Again(SignInProblem.NotEverywhere, ReturnPath.Home);
    }

    private static IResult Again(SignInProblem problem, string back) => Results.LocalRedirect(
        ConsoleCookie.SignInPath + QueryString.Create("problem", problem.ToString()).Add("return", back));

    /// <summary>
    /// Browsers say where a post comes from: in Sec-Fetch-Site (over https and on loopback), else in Origin.
    /// A program that says neither needs the token like everybody else and carries nobody's cookie.
    /// </summary>
    private static bool FromElsewhere(HttpRequest request) =>
        request.Headers["Sec-Fetch-Site"].ToString() is { Length: > 0 } site
            ? site is not ("same-origin" or "none")
            : request.Headers.Origin.ToString() is { Length: > 0 } origin
                && !(Uri.TryCreate(origin, UriKind.Absolute, out var from) && from.Authority == request.Host.Value);
}
