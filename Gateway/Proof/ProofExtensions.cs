using Gateway.Audit;
using Gateway.Storage;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Options;

namespace Gateway.Proof;

internal static class ProofExtensions
{
    public static IServiceCollection AddProof(this IServiceCollection services)
    {
        services.AddOptions<ProofOptions>().BindConfiguration(ProofOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IValidateOptions<ProofOptions>, ProofRules>();
        services.AddSingleton<ChainLinks>().AddSingleton<IEntryChains>(provider => provider.GetRequiredService<ChainLinks>());
        services.AddKeyedSingleton<IInterceptor>(typeof(GatewayStore), (provider, _) => provider.GetRequiredService<ChainLinks>());
        services.AddSingleton<CheckpointSigner>().AddSingleton<CheckpointWriter>();
        return services.AddHostedService(provider => provider.GetRequiredService<CheckpointWriter>());
    }
}
