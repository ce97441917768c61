using Approvals.Storage;
using Contracts;
using MassTransit;
using Shared;

namespace Approvals.Identity;

/// <summary>Names of the policies at this project's endpoints.</summary>
internal static class ReviewPolicies
{
    /// <summary>May decide about some kind of risk, where a stage's groups allow it.</summary>
    public const string Decide = "reviews.decide";

    /// <summary>May say that they are deciding. Settles nothing, so it asks for no fresh sign-in.</summary>
    public const string Claim = "reviews.claim";

    /// <summary>May release alone.</summary>
    public const string BreakGlass = "reviews.break-glass";

    /// <summary>May stop what was released, by whichever of the two ways; in time, so without a fresh sign-in.</summary>
    public const string Undo = "reviews.undo";

    /// <summary>May look at what waits for their groups, or at everything.</summary>
    public const string Read = "reviews.read";

    /// <summary>May see how the machinery itself is doing.</summary>
    public const string Oversee = "approvals.oversee";
}

internal static class IdentityExtensions
{
    public static IHostApplicationBuilder AddReviewIdentity(this IHostApplicationBuilder builder)
    {
        builder.Services.AddPersonPolicies<ApprovalsStore>().AddSingleton<Sessions>();
        builder.Services.AddAuthorizationBuilder()
            .AddPolicy(ReviewPolicies.Decide, policy => policy.RequirePerson(Permissions.AnyReview))
            .AddPolicy(ReviewPolicies.Claim, policy => policy.RequireOnlooker(Permissions.AnyReview))
            .AddPolicy(ReviewPolicies.BreakGlass, policy => policy.RequirePerson(Permissions.BreakGlass))
            .AddPolicy(ReviewPolicies.Undo, policy => policy.RequireOnlooker([.. Permissions.AnyReview, Permissions.BreakGlass]))
            .AddPolicy(ReviewPolicies.Read, policy => policy.RequireOnlooker([.. Permissions.AnyReview, Permissions.BreakGlass, Permissions.ReadTrail]))
            .AddPolicy(ReviewPolicies.Oversee, policy => policy.RequireOnlooker(Permissions.ReadTrail));
        return builder;
    }

    public static void AddReviewIdentityConsumers(this IBusRegistrationConfigurator bus) => bus.AddConsumer<SignedOutConsumer>();
}
