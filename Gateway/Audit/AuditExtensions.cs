using Gateway.Storage;
using Microsoft.Extensions.Options;
using Shared;

namespace Gateway.Audit;

internal static class AuditExtensions
{
    public static IServiceCollection AddAudit(this IServiceCollection services)
    {
        services.AddOptions<TrailOptions>().BindConfiguration(TrailOptions.Section);
        services.AddSingleton<SqliteTrailWriter>().AddSingleton<MappedTrailWriter>();
        services.AddSingleton<ITrailWriter>(sp => sp.GetRequiredService<IOptionsMonitor<DatabaseOptions>>().Get(StorageExtensions.Section).Provider == DatabaseProvider.Sqlite
            ? sp.GetRequiredService<SqliteTrailWriter>() : sp.GetRequiredService<MappedTrailWriter>());
        services.AddSingleton<ActsOfPeople>().AddSingleton<Trail>();
        return services.AddHostedService(sp => sp.GetRequiredService<Trail>());
    }
}
