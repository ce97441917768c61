using Contracts;
using Microsoft.AspNetCore.Authorization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Shared;

/// <summary>The one way in which an endpoint asks for a person.</summary>
internal static class PersonPolicies
{
    /// <typeparam name="TStore">Where it is kept who has signed out everywhere.</typeparam>
    public static IServiceCollection AddPersonPolicies<TStore>(this IServiceCollection services)
        where TStore : DbContext
    {
        services.AddOptions<SigningInOptions>().BindConfiguration(SigningInOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<SigningInOptions>, SigningInRules>();
        services.AddSingleton<SignOuts<TStore>>().AddSingleton<IAuthorizationHandler, PersonHandler<TStore>>();
        return services.AddSingleton<IAuthorizationMiddlewareResultHandler, PersonAnswers>();
    }

    /// <summary>Somebody with one of these permissions, freshly signed in where that one asks for it. None named: anybody signed in.</summary>
    public static AuthorizationPolicyBuilder RequirePerson(this AuthorizationPolicyBuilder policy, params IReadOnlyList<string> anyOf) =>
        policy.Require(new PersonRequirement(anyOf, Looking: false));

    /// <summary>The same for what changes nothing and is open all day, as the queue is: no fresh sign-in, whatever the permission.</summary>
    public static AuthorizationPolicyBuilder RequireOnlooker(this AuthorizationPolicyBuilder policy, params IReadOnlyList<string> anyOf) =>
        policy.Require(new PersonRequirement(anyOf, Looking: true));

    private static AuthorizationPolicyBuilder Require(this AuthorizationPolicyBuilder policy, PersonRequirement person) => policy
        .AddAuthenticationSchemes(PersonClaims.Scheme)
        .RequireAuthenticatedUser()
        .RequireClaim(PersonClaims.Subject)
        .AddRequirements(person);
}
