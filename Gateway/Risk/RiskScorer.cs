using Contracts;
using Gateway.Risk.Advice;

namespace Gateway.Risk;

/// <summary>
/// Reads a whole prompt and says how risky it is. Deterministic, in process, linear in the prompt's length (but for advisers somebody
/// configured); a detector that fails is a finding of its own, never a zero.
/// </summary>
/// <param name="version">Of the weights, the rules and whatever else can change a score.</param>
internal sealed class RiskScorer(IReadOnlyList<IRiskDetector> detectors, string? version = null, IReadOnlyList<Consultation>? advisers = null) : IDisposable
{
    private readonly EarlierReadings readings = new();
    private readonly IRiskDetector[] all = [.. detectors];
    private readonly IRiskDetector[] sensitive = [.. detectors.Where(d => d.ReadsAnswers && d.Profiles.Any(p => IsSensitive(p.Category)))];

    /// <summary>What is less sure than this is a guess: nobody is told, and it does not count.</summary>
    public const double LeastConfidence = 0.3;

    /// <summary>The same with what the configured advisers say; asks nobody and waits for nothing where there are none.</summary>
    /// <param name="about">Findings about the call rather than its texts.</param>
    /// <param name="earlier">What was said before in the conversation and is not judged again: a value may have begun there.</param>
    /// <param name="caller">Whose texts they are: what the same caller sent before is known by <see cref="EarlierReadings"/>. Null to read everything.</param>
    public async ValueTask<RiskAssessment> AssessAsync(
        IReadOnlyList<PromptPart> parts, CancellationToken ct, Func<Finding, bool>? counts = null, IReadOnlyList<Finding>? about = null, IReadOnlyList<PromptPart>? earlier = null, string? caller = null)
    {
        if (advisers is not { Count: > 0 }) return Assess(parts, counts, about, earlier, [], caller);
        var told = await Task.WhenAll(advisers.Select(adviser => adviser.AskAsync(parts, ct)));
        return Assess(parts, counts, about, earlier, told, caller);
    }

    /// <param name="counts">Leaves findings out that are none here; null for all that are sure enough.</param>
    /// <param name="about">Findings about the call rather than its texts.</param>
    /// <param name="earlier">What was said before in the conversation and is not judged again: a value may have begun there.</param>
    public RiskAssessment Assess(IReadOnlyList<PromptPart> parts, Func<Finding, bool>? counts = null, IReadOnlyList<Finding>? about = null, IReadOnlyList<PromptPart>? earlier = null) =>
        Assess(parts, counts, about, earlier, [], caller: null);

    private RiskAssessment Assess(
        IReadOnlyList<PromptPart> parts, Func<Finding, bool>? counts, IReadOnlyList<Finding>? about, IReadOnlyList<PromptPart>? earlier, IReadOnlyList<Finding>[][] told, string? caller)
    {
        var handedOver = HandedOver.In(earlier is null ? parts : [.. earlier, .. parts]);
        List<Finding> findings = [];
        for (var i = 0; i < parts.Count; i++)
        {
            var found = readings.Of(caller, parts[i], ReadSure);
            if (told.Length > 0 || handedOver is not null) found = [.. told.SelectMany(each => each[i]).Concat(handedOver?[(earlier?.Count ?? 0) + i] ?? []).Where(IsSure), .. found];
            foreach (var finding in Resolve(found, Overlaps.Resolve))
            {
                if (counts?.Invoke(finding) ?? true) findings.Add(finding);
            }
        }
        findings.AddRange(about ?? []);
        return Weigh(findings);
    }

    /// <summary>Guesses included, and of two readings of a number both: for measuring the detectors.</summary>
    public RiskAssessment AssessAll(IReadOnlyList<PromptPart> parts) => Weigh([.. parts.SelectMany(part => Resolve(Read(all, part), Overlaps.Claims))]);

    private RiskAssessment Weigh(List<Finding> findings)
    {
        var (score, scores, reasons) = RiskWeights.Weigh(findings);
        return new() { Score = score, Scores = scores, Findings = findings, Reasons = reasons, ScorerVersion = version ?? RiskWeights.Version };
    }

    /// <summary>
    /// What masking hides in an answer: secrets and personal data, non-overlapping, in order, with an empty path. When a
    /// detector fails, one finding of <see cref="RiskCategory.Fault"/> covers the whole text.
    /// <para>
    /// A text may be handed over in pieces, each with up to 128 units of what stood before it, and gives the same findings as
    /// the whole, because every match keeps these promises (key blocks between BEGIN and END lines excepted):
    /// it crosses no white space but single spaces (plain or no-break) with a digit or <c>)</c> before and a digit or <c>(</c> after, or single
    /// spaces between the four-character groups of an IBAN; and whether it is one depends on nothing but itself, the rest of
    /// its white-space-free run, and at most <see cref="InspectedText.ContextLength"/> units to its left, never to its right.
    /// </para>
    /// </summary>
    public IReadOnlyList<Finding> FindSensitive(string text)
    {
        var found = Resolve(Read(sensitive, new PromptPart("", "assistant", "text", text)).FindAll(IsSure), Overlaps.Resolve);
        var fault = found.Find(f => f.Category == RiskCategory.Fault);
        return fault is null ? found : [fault];
    }

    private List<Finding> ReadSure(PromptPart part)
    {
        var found = Read(all, part);
        found.RemoveAll(static finding => !IsSure(finding));
        return found;
    }

    private static List<Finding> Read(IRiskDetector[] detectors, PromptPart part)
    {
        List<Finding> found = [];
        if (part.Text.Length == 0) return found;
        var text = new InspectedText(part);
        foreach (var detector in detectors) Run(detector, text, found);
        return found;
    }

    private static List<Finding> Resolve(List<Finding> found, Func<List<Finding>, List<Finding>> resolve)
    {
        if (found.Count < 2) return found;
        var apart = resolve(found.FindAll(f => IsSensitive(f.Category)));
        apart.AddRange(Overlaps.Resolve(found.FindAll(f => f.Category == RiskCategory.Confidential))); // apart from the others: a name in a marked line is still masked
        apart.AddRange(found.Where(f => !IsSensitive(f.Category) && f.Category != RiskCategory.Confidential));
        apart.Sort(static (a, b) => a.Start != b.Start ? a.Start.CompareTo(b.Start) : (a.End, a.Detector).CompareTo((b.End, b.Detector)));
        return apart;
    }

    private static void Run(IRiskDetector detector, InspectedText text, List<Finding> found)
    {
        var before = found.Count;
        try
        {
            detector.Detect(text, found);
        }
        // Whatever went wrong in there, the text was not inspected, and that must weigh.
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            found.RemoveRange(before, found.Count - before);
            var failed = detector.Profiles[0] with { Category = RiskCategory.Fault, Type = "FAULT" };
            found.Add(text.Finding(failed, 0, text.Text.Length, 1, $"The detector failed with {fault.GetType().Name}, so this text was not inspected by it."));
        }
    }

    public void Dispose()
    {
        foreach (var adviser in advisers ?? []) adviser.Dispose();
    }

    private static bool IsSure(Finding finding) => finding.Confidence >= LeastConfidence;

    private static bool IsSensitive(RiskCategory category) => category is RiskCategory.Secret or RiskCategory.Personal;
}
