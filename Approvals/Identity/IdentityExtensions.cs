using Contracts;

namespace Approvals.Identity;

/// <summary>Names of the policies at this project's endpoints.</summary>
internal static class ReviewPolicies
{
    /// <summary>May decide where a stage's groups allow it.</summary>
    public const string Decide = "reviews.decide";

    /// <summary>May look at what waits for their groups, or at everything with <see cref="Permissions.ReadTrail"/>.</summary>
    public const string Read = "reviews.read";

    /// <summary>May see how the machinery itself is doing.</summary>
    public const string Oversee = "approvals.oversee";
}

internal static class IdentityExtensions
{
    public static IHostApplicationBuilder AddReviewIdentity(this IHostApplicationBuilder builder)
    {
        builder.Services.AddAuthorizationBuilder()
            .AddPolicy(ReviewPolicies.Decide, policy => policy
                .AddAuthenticationSchemes(PersonClaims.Scheme)
                .RequireAuthenticatedUser()
                .RequireClaim(PersonClaims.Subject)
                .RequireClaim(PersonClaims.Permission, Permissions.Review))
            .AddPolicy(ReviewPolicies.Read, policy => policy
                .AddAuthenticationSchemes(PersonClaims.Scheme)
                .RequireAuthenticatedUser()
                .RequireClaim(PersonClaims.Subject)
                .RequireClaim(PersonClaims.Permission, Permissions.Review, Permissions.ReadTrail))
            .AddPolicy(ReviewPolicies.Oversee, policy => policy
                .AddAuthenticationSchemes(PersonClaims.Scheme)
                .RequireAuthenticatedUser()
                .RequireClaim(PersonClaims.Subject)
                .RequireClaim(PersonClaims.Permission, Permissions.ReadTrail));
        return builder;
    }
}
