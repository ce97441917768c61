using ApprovalsUI.Client;
using ApprovalsUI.Client.Calls;
using Contracts;
using Contracts.Api;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace ApprovalsUI.Pages.SigningIn;

/// <summary>
/// Signing in with an OpenID Connect provider (authorization code with PKCE). The services judge the access token
/// themselves; who somebody is and what they may do is the gateway's answer to it, recorded before it counts.
/// </summary>
internal static class ProviderSignIn
{
    internal const string Scheme = "provider";
    internal static readonly PathString Path = "/console/sign-in/provider";

    internal static void AddProviderSignIn(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<ProviderOptions>().BindConfiguration(ProviderOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ProviderOptions>, ProviderRules>();
        services.AddOptions<ConsoleOptions>().ValidateOnStart();
        services.AddSingleton<IValidateOptions<ConsoleOptions>, ConsoleRules>();
        services.AddAuthentication().AddOpenIdConnect(Scheme, _ => { });
        services.AddOptions<OpenIdConnectOptions>(Scheme).Configure<IOptions<ProviderOptions>>(Configure);
        // Whoever is not signed in goes to the provider at once: it often knows them already.
        services.Configure<CookieAuthenticationOptions>(ConsoleCookie.Scheme, cookie => cookie.Events.OnRedirectToLogin = ConsoleCookie.SendTo(Path));
    }

    internal static void MapProviderSignIn(this RouteGroupBuilder console)
    {
        if (((IEndpointRouteBuilder)console).ServiceProvider.GetRequiredService<IOptions<ProviderOptions>>().Value.Authority.Length == 0) return;
        console.MapGet("/sign-in/provider", (string? @return, bool? again) => TypedResults.Challenge(ToProvider(@return, again == true), [Scheme]));
    }

    /// <param name="again">The person proves once more who they are, whatever the provider remembers.</param>
    private static OpenIdConnectChallengeProperties ToProvider(string? back, bool again)
    {
        var properties = new OpenIdConnectChallengeProperties { RedirectUri = ReturnPath.Checked(back) };
        if (again) (properties.Prompt, properties.MaxAge) = (OpenIdConnectPrompt.Login, TimeSpan.Zero);
        return properties;
    }

    private static void Configure(OpenIdConnectOptions oidc, IOptions<ProviderOptions> provider)
    {
        var options = provider.Value;
        oidc.Authority = options.Authority;
        if (options.MetadataAddress is { Length: > 0 } metadata) oidc.MetadataAddress = metadata;
        oidc.RequireHttpsMetadata = !options.AllowHttp;
        oidc.ClientId = options.ClientId;
        oidc.ClientSecret = options.ClientSecret;
        oidc.ResponseType = OpenIdConnectResponseType.Code;
        oidc.ResponseMode = OpenIdConnectResponseMode.Query; // comes back by a redirect, which a Lax cookie follows
        oidc.UsePkce = true;
        oidc.MaxAge = options.LongestSession;
        oidc.MapInboundClaims = false;
        oidc.SaveTokens = false;
        oidc.SignInScheme = ConsoleCookie.Scheme;
        oidc.CallbackPath = "/console/signed-in";
        oidc.SignedOutCallbackPath = "/console/signed-out";
        oidc.SignedOutRedirectUri = ConsoleCookie.SignInPath;
        oidc.Scope.Clear();
        foreach (var scope in options.Scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries)) oidc.Scope.Add(scope);
        if (options.Resource is { Length: > 0 } resource) oidc.Resource = resource;
        foreach (var cookie in new[] { oidc.CorrelationCookie, oidc.NonceCookie })
        {
            cookie.SameSite = SameSiteMode.Lax;
            cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        }
        oidc.Events.OnTokenValidated = TakeAsync;
        oidc.Events.OnRemoteFailure = context =>
        {
            context.Response.Redirect(ConsoleCookie.SignInPath + QueryString.Create("problem", nameof(SignInProblem.Provider)));
            context.HandleResponse();
            return Task.CompletedTask;
        };
    }

    private static async Task TakeAsync(TokenValidatedContext context)
    {
        if (context.TokenEndpointResponse is not { AccessToken: { Length: > 0 } token } answer)
        {
            context.Fail("The provider gave no access token.");
            return;
        }

        var gateway = context.HttpContext.RequestServices.GetRequiredService<GatewayClient>();
        if (await gateway.SignedInAsync(token, context.HttpContext.RequestAborted) is not ApiResult<PersonView>.Ok(var person))
        {
            context.Fail("The gateway did not take the access token.");
            return;
        }

        // A session is as long as its token, and no longer than any may be: the services would not take it longer.
        var life = int.TryParse(answer.ExpiresIn, System.Globalization.CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(seconds) : TimeSpan.FromMinutes(5);
        var expires = context.HttpContext.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow() + life;
        if (context.Principal?.FindFirst(PersonClaims.SignedInAt) is { } signedIn && long.TryParse(signedIn.Value, System.Globalization.CultureInfo.InvariantCulture, out var at))
        {
            var longest = DateTimeOffset.FromUnixTimeSeconds(at) + context.HttpContext.RequestServices.GetRequiredService<IOptions<ProviderOptions>>().Value.LongestSession;
            if (longest < expires) expires = longest;
        }
        context.Principal = ConsoleCookie.Principal(new Session(token, person, expires));
        var properties = context.Properties ?? new AuthenticationProperties();
        properties.ExpiresUtc = expires;
        properties.AllowRefresh = false;
        if (answer.IdToken is { Length: > 0 } id) properties.StoreTokens([new AuthenticationToken { Name = OpenIdConnectParameterNames.IdToken, Value = id }]);
        context.Properties = properties;
    }
}
