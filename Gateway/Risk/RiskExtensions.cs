using Gateway.Risk.Advice;
using Gateway.Risk.Attacks;
using Gateway.Risk.Attacks.Model;
using Gateway.Risk.Classifiers;
using Gateway.Risk.Code;
using Gateway.Risk.Confidential;
using Gateway.Risk.Own;
using Gateway.Risk.Personal;
using Gateway.Risk.Personal.Identifiers;
using Gateway.Risk.Personal.Names;
using Gateway.Risk.Remote;
using Gateway.Risk.Secrets;
using Microsoft.Extensions.Options;
using Shared;

namespace Gateway.Risk;

public static class RiskExtensions
{
    /// <summary>The scorer with every built-in detector and those of this installation (<see cref="OwnDetectorOptions"/>).</summary>
    public static IServiceCollection AddRisk(this IServiceCollection services)
    {
        services.AddSingleton<IRiskDetector, PrivateKeyDetector>();
        services.AddSingleton<IRiskDetector, SecretDetector>();
        services.AddSingleton<IRiskDetector, EncodedDetector>();
        services.AddSingleton<IRiskDetector, SpokenDetector>();
        services.AddSingleton<IRiskDetector, EmailDetector>();
        services.AddSingleton<IRiskDetector, CardDetector>();
        services.AddSingleton<IRiskDetector, IbanDetector>();
        services.AddSingleton<IRiskDetector, SsnDetector>();
        services.AddSingleton<IRiskDetector, PhoneDetector>();
        services.AddSingleton<IRiskDetector>(new IdentifierDetector(acrossWords: false));
        services.AddSingleton<IRiskDetector>(new IdentifierDetector(acrossWords: true));
        services.AddSingleton<IRiskDetector, DateDetector>();
        services.AddSingleton<IRiskDetector, UrlDetector>();
        services.AddSingleton<IRiskDetector, AddressDetector>();
        services.AddSingleton<IRiskDetector, NameDetector>();
        services.AddSingleton<IRiskDetector, IpAddressDetector>();
        services.AddSingleton<IRiskDetector, MacAddressDetector>();
        services.AddSingleton<IRiskDetector, AttackDetector>();
        services.AddSingleton<IRiskDetector, HiddenTextDetector>();
        services.AddSingleton<IRiskDetector, ModelDetector>();
        services.AddSingleton<IRiskDetector, CodeDetector>();
        services.AddSingleton<IRiskDetector, MarkingDetector>();
        services.AddSingleton<IValidateOptions<OwnDetectorOptions>, OwnDetectorCheck>().AddOptions<OwnDetectorOptions>()
            .Configure<IServiceProvider>((own, provider) => provider.GetService<IConfiguration>()?.GetSection(OwnDetectorOptions.Section).Bind(own)) // a command that only measures has no configuration
            .ValidateOnStart();
        services.AddSingleton<OwnDetectors>();
        services.AddHttpClient(Analyzer.ClientName, client => (client.Timeout, client.MaxResponseContentBufferSize) = (Timeout.InfiniteTimeSpan, Analyzer.LargestAnswer)) // bounded for all texts of a prompt together
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false }).RemoveAllLoggers();
        services.AddSingleton<LoadedClassifiers>().AddSingleton<IValidateOptions<OwnDetectorOptions>, ClassifierCheck>();
        services.AddSingleton<IReadOnlyList<IAdviser>>(provider => [.. Own(provider).Analyzers.Select(analyzer => new Analyzer(analyzer, provider.GetRequiredService<IHttpClientFactory>()))]);
        services.AddSingleton<IReadOnlyList<IAdviser>>(provider => [.. Own(provider).Classifiers.Select(provider.GetRequiredService<LoadedClassifiers>().Load)]);
        services.AddSingleton(provider =>
        {
            var own = provider.GetRequiredService<OwnDetectors>();
            var advisers = provider.GetServices<IReadOnlyList<IAdviser>>().SelectMany(adviser => adviser);
            return new RiskScorer([.. provider.GetServices<IRiskDetector>(), .. own.All], RiskWeights.Version + own.Version,
                [.. advisers.Select(adviser => new Consultation(adviser, provider.GetService<TimeProvider>() ?? TimeProvider.System))]);
        });
        return services.MakeAhead(provider => provider.GetRequiredService<RiskScorer>()).AddOnceOpen<Rehearsal>();
    }

    private static OwnDetectorOptions Own(IServiceProvider provider) => provider.GetRequiredService<IOptions<OwnDetectorOptions>>().Value;
}
