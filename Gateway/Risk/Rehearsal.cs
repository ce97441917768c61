using Contracts;
using Gateway.Risk.Secrets;

namespace Gateway.Risk;

/// <summary>
/// Reads the detectors' own examples once after the start, so that the first prompts find the patterns built and the code
/// compiled. The published shapes of single vendors are left for when one comes: hundreds, each quick to build.
/// </summary>
internal sealed class Rehearsal(RiskScorer scorer, IEnumerable<IRiskDetector> detectors) : BackgroundService
{
    /// <summary>Of the compiler: it comes back to code that has run so often.</summary>
    private const int Rounds = 4;

    public void Run(CancellationToken ct)
    {
        var vendors = SecretDetector.Vendors.Select(rule => rule.Profile).ToHashSet();
        var texts = detectors.SelectMany(detector => detector.Profiles).Where(profile => !vendors.Contains(profile)).SelectMany(profile => profile.Finds.Concat(profile.Spares)).ToList();
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var text in texts)
            {
                if (ct.IsCancellationRequested) return;
                scorer.Assess([new PromptPart("", "user", "text", text)]);
            }
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.Run(() => Run(stoppingToken), CancellationToken.None);
}
