namespace Gateway.Audit;

internal static class AuditExtensions
{
    public static IServiceCollection AddAudit(this IServiceCollection services)
    {
        services.AddSingleton<Trail>();
        return services.AddHostedService(sp => sp.GetRequiredService<Trail>());
    }
}
