using Contracts;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Gateway.Identity;

internal static class IdentityExtensions
{
    /// <summary>Endpoints for callers: a key or token that is known, nothing else.</summary>
    public const string CallerPolicy = "caller";

    /// <summary>Endpoints for people: signed in by the scheme the host registered, with the permission named.</summary>
    public static string PersonPolicy(string permission) => $"person:{permission}";

    public static IServiceCollection AddIdentity(this IServiceCollection services)
    {
        services.AddOptions<CallerList>().BindConfiguration("").ValidateOnStart();
        services.AddSingleton<IValidateOptions<CallerList>, CallerListRules>();
        services.AddOptions<CallerRightList>().BindConfiguration("").ValidateOnStart();
        services.AddSingleton<IValidateOptions<CallerRightList>, CallerRightRules>();
        services.AddSingleton<RightsByGroup>().AddSingleton<ConfiguredCallers>().AddSingleton<CallerDirectory>();
        services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, CallerKeyHandler>(CallerKeyHandler.SchemeName, null);
        var authorization = services.AddAuthorizationBuilder()
            .AddPolicy(CallerPolicy, policy => policy.AddAuthenticationSchemes(CallerKeyHandler.SchemeName).RequireAuthenticatedUser());
        foreach (var permission in Permissions.All)
        {
            authorization.AddPolicy(PersonPolicy(permission), policy => policy
                .AddAuthenticationSchemes(PersonClaims.Scheme).RequireAuthenticatedUser().RequireClaim(PersonClaims.Permission, permission));
        }
        return services;
    }
}
