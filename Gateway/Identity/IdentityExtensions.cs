using Contracts;
using Gateway.Storage;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Shared;

namespace Gateway.Identity;

internal static class IdentityExtensions
{
    /// <summary>Endpoints for callers: a key or token that is known, nothing else.</summary>
    public const string CallerPolicy = "caller";

    /// <summary>Endpoints for people: signed in by the scheme the host registered, with the permission named, and freshly where that asks for it.</summary>
    public static string PersonPolicy(string permission) => $"person:{permission}";

    /// <summary>Endpoints for people who decide about prompts, of whichever kind and way.</summary>
    public const string ReaderPolicy = "person:reader";

    /// <summary>Endpoints for people who may decide about some kind of risk.</summary>
    public const string DeciderPolicy = "person:decider";

    /// <summary>Endpoints for whoever is signed in.</summary>
    public const string AnyPersonPolicy = "person";

    public static IServiceCollection AddIdentity(this IServiceCollection services)
    {
        services.AddPersonPolicies<GatewayStore>();
        services.AddOptions<CallerList>().BindConfiguration("").ValidateOnStart();
        services.AddSingleton<IValidateOptions<CallerList>, CallerListRules>();
        services.AddOptions<CallerRightList>().BindConfiguration("").ValidateOnStart();
        services.AddSingleton<IValidateOptions<CallerRightList>, CallerRightRules>();
        services.AddSingleton<RightsByGroup>().AddSingleton<ConfiguredCallers>().AddSingleton<CallerDirectory>();
        services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, CallerKeyHandler>(CallerKeyHandler.SchemeName, null);
        var authorization = services.AddAuthorizationBuilder()
            .AddPolicy(CallerPolicy, policy => policy.AddAuthenticationSchemes(CallerKeyHandler.SchemeName).RequireAuthenticatedUser())
            .AddPolicy(AnyPersonPolicy, policy => policy.RequirePerson())
            .AddPolicy(DeciderPolicy, policy => policy.RequirePerson(Permissions.AnyReview))
            .AddPolicy(ReaderPolicy, policy => policy.RequireOnlooker([.. Permissions.AnyReview, Permissions.BreakGlass]));
        foreach (var permission in Permissions.All) authorization.AddPolicy(PersonPolicy(permission), policy => policy.RequirePerson(permission));
        return services;
    }
}
