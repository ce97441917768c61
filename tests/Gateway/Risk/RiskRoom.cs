using Contracts;
using Gateway.Risk;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Tests.Risk;

/// <summary>The room as the gateway opens it.</summary>
internal static class RiskRoom
{
    private static readonly ServiceProvider Services = new ServiceCollection().AddRisk().BuildServiceProvider();

    public static RiskScorer Scorer { get; } = Services.GetRequiredService<RiskScorer>();
    public static IReadOnlyList<IRiskDetector> Detectors { get; } = [.. Services.GetServices<IRiskDetector>()];
    public static IReadOnlyList<DetectorProfile> Profiles { get; } = [.. Detectors.SelectMany(d => d.Profiles)];

    public static RiskAssessment Assess(string text, string role = "user", string kind = "text") =>
        Scorer.Assess([new PromptPart("/messages/0/content", role, kind, text)]);

    public static int Score(string text) => Assess(text).Score;

    public static IReadOnlyList<Finding> FindingsOf(string detector, string text)
    {
        List<Finding> found = [];
        Detectors.Single(d => d.Profiles.Any(p => p.Name == detector))
            .Detect(new InspectedText(new PromptPart("", "user", "text", text)), found);
        return found.FindAll(f => f.Detector == detector && f.Confidence >= RiskScorer.LeastConfidence);
    }
}
