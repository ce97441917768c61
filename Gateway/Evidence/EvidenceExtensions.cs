namespace Gateway.Evidence;

internal static class EvidenceExtensions
{
    public static IServiceCollection AddEvidence(this IServiceCollection services) => services.AddSingleton<EvidenceWriter>();
}
