namespace Gateway.Audit;

internal static class AuditExtensions
{
    public static IServiceCollection AddAudit(this IServiceCollection services)
    {
        services.AddOptions<TrailOptions>().BindConfiguration(TrailOptions.Section);
        services.AddSingleton<Trail>();
        return services.AddHostedService(sp => sp.GetRequiredService<Trail>());
    }
}
