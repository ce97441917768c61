using Contracts;
using Shared;

namespace Gateway.Grants;

internal static class GrantsExtensions
{
    /// <summary>Endpoints for those who decide or read the trail.</summary>
    public const string ReadGrants = "grants.read";

    public static IServiceCollection AddGrants(this IServiceCollection services)
    {
        services.AddAuthorizationBuilder().AddPolicy(ReadGrants, policy => policy.RequireOnlooker([.. Permissions.AnyReview, Permissions.ReadTrail]));
        return services.AddSingleton<GrantDesk>().AddOnceOpen<LiveGrants>();
    }
}
