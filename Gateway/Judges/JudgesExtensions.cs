using Gateway.Dialects;
using Gateway.Risk;
using Gateway.Risk.Advice;
using Gateway.Risk.Own;
using Gateway.Upstreams;
using Microsoft.Extensions.Options;

namespace Gateway.Judges;

internal static class JudgesExtensions
{
    /// <summary>The judges of the settings, for the scorer to ask (<see cref="JudgeOptions"/>).</summary>
    public static IServiceCollection AddJudges(this IServiceCollection services) => services
        .AddSingleton<IValidateOptions<OwnDetectorOptions>, JudgeCheck>()
        .AddSingleton<IReadOnlyList<IAdviser>>(sp => [.. sp.GetRequiredService<IOptions<OwnDetectorOptions>>().Value.Judges.Select(judge => Make(judge, sp))]);

    private static Judge Make(JudgeOptions judge, IServiceProvider sp) => new(
        judge, sp.GetRequiredService<IOptions<UpstreamList>>().Value.Upstreams.First(upstream => upstream.Name == judge.Upstream),
        sp.GetRequiredService<UpstreamDirectory>(), sp.GetRequiredService<DialectsByRoute>(),
        text => sp.GetRequiredService<RiskScorer>().FindSensitive(text)); // when it is asked: the scorer is made of its advisers
}
