using Contracts;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Gateway.Identity;

internal static class IdentityExtensions
{
    /// <summary>Endpoints for callers: a known key, nothing else.</summary>
    public const string CallerPolicy = "caller";

    /// <summary>Endpoints for people: signed in by the scheme the host registered, with the permission named.</summary>
    public static string PersonPolicy(string permission) => $"person:{permission}";

    /// <summary>Endpoints for people who decide about prompts, of whichever kind and way.</summary>
    public const string ReaderPolicy = "person:reader";

    public static IServiceCollection AddIdentity(this IServiceCollection services)
    {
        services.AddOptions<CallerList>().BindConfiguration("").ValidateOnStart();
        services.AddSingleton<IValidateOptions<CallerList>, CallerListRules>();
        services.AddSingleton<CallerDirectory>();
        services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, CallerKeyHandler>(CallerKeyHandler.SchemeName, null);
        var authorization = services.AddAuthorizationBuilder()
            .AddPolicy(CallerPolicy, policy => policy.AddAuthenticationSchemes(CallerKeyHandler.SchemeName).RequireAuthenticatedUser())
            .AddPolicy(ReaderPolicy, policy => policy
                .AddAuthenticationSchemes(PersonClaims.Scheme).RequireAuthenticatedUser().RequireClaim(PersonClaims.Subject)
                .RequireClaim(PersonClaims.Permission, [.. Permissions.AnyReview, Permissions.BreakGlass]));
        foreach (var permission in Permissions.All)
        {
            authorization.AddPolicy(PersonPolicy(permission), policy => policy
                .AddAuthenticationSchemes(PersonClaims.Scheme).RequireAuthenticatedUser().RequireClaim(PersonClaims.Permission, permission));
        }
        return services;
    }
}
