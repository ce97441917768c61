using Contracts;
using Gateway.Risk;
using Microsoft.Extensions.Options;
using Shared;

namespace Gateway.Policy;

internal static class PolicyExtensions
{
    /// <summary>Endpoints for those who have to do with the policy: they write it, agree to it, or read the trail.</summary>
    public const string ReadPolicy = "policy.read";

    public static IServiceCollection AddPolicy(this IServiceCollection services)
    {
        services.AddOptions<PolicyOptions>().BindConfiguration(PolicyOptions.Section).ValidateDataAnnotations().ValidateOnStart()
            // Bound lists are appended to, so the default has to come last.
            .PostConfigure(options => { if (options.Reviewers.Count == 0) options.Reviewers.Add("reviewers"); });
        services.AddSingleton<IValidateOptions<PolicyOptions>, PolicyRules>();
        services.AddAuthorizationBuilder().AddPolicy(ReadPolicy, policy => policy.RequireOnlooker(Permissions.EditPolicy, Permissions.ApprovePolicy, Permissions.ReadTrail));
        services.AddHealthChecks().AddCheck<PolicyHealth>("policy");
        services.AddSingleton(sp => new PolicyWorld(
            sp.GetService<KnownReviewers>()?.Groups, sp.GetService<KnownReviewers>()?.Members,
            FindingTypes(sp)));
        return services.AddSingleton<PolicyInForce>();
    }

    /// <summary>All that a rule can be about.</summary>
    public static IReadOnlySet<string> FindingTypes(IServiceProvider services) =>
        services.GetServices<IRiskDetector>().SelectMany(detector => detector.Profiles).Concat(UnusualCall.All).Select(profile => profile.Type).Append("FAULT").ToHashSet(StringComparer.Ordinal);
}
