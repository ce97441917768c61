namespace Gateway.Policies;

internal static class PoliciesExtensions
{
    public static IServiceCollection AddPolicies(this IServiceCollection services)
    {
        services.AddSingleton<PolicyBook>().AddSingleton<ShadowCounter>().AddSingleton<PolicyReload>().AddSingleton<PolicyArchive>();
        return services.AddHostedService(sp => sp.GetRequiredService<PolicyReload>());
    }
}
