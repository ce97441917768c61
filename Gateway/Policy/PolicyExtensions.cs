using Contracts;
using Gateway.Risk;
using Gateway.Risk.Own;
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

    /// <summary>All that a rule can be about; null where an analyzer is asked, whose types only it knows.</summary>
    public static IReadOnlySet<string>? FindingTypes(IServiceProvider services)
    {
        var own = services.GetRequiredService<IOptions<OwnDetectorOptions>>().Value;
        if (own.Analyzers.Count > 0) return null;
        var found = services.GetServices<IRiskDetector>().Concat(services.GetRequiredService<OwnDetectors>().All).SelectMany(detector => detector.Profiles).Concat(UnusualCall.All).Select(profile => profile.Type);
        return found.Concat(own.Classifiers.Select(classifier => classifier.Type)).Concat(own.Judges.Select(judge => judge.Type)).Append("FAULT").ToHashSet(StringComparer.Ordinal);
    }
}
