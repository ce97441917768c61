using Microsoft.Extensions.Options;

namespace Gateway.Policy;

internal static class PolicyExtensions
{
    public static IServiceCollection AddPolicy(this IServiceCollection services)
    {
        services.AddOptions<PolicyOptions>().BindConfiguration(PolicyOptions.Section).ValidateDataAnnotations().ValidateOnStart()
            // Bound lists are appended to, so the default has to come last.
            .PostConfigure(options => { if (options.Reviewers.Count == 0) options.Reviewers.Add("reviewers"); });
        services.AddSingleton<IValidateOptions<PolicyOptions>, PolicyRules>();
        services.AddHealthChecks().AddCheck<PolicyHealth>("policy");
        return services.AddSingleton<PromptPolicy>();
    }
}
