using Contracts;

namespace Gateway.Risk.Advice;

/// <summary>Something slow that may be asked besides the detectors: a service, a model. It may fail, and only ever adds.</summary>
internal interface IAdviser
{
    AdviserTerms Terms { get; }

    /// <summary>What it takes places of this text for. Throws where it cannot say; the text then counts as not inspected.</summary>
    Task<IReadOnlyList<Mark>> AskAsync(string text, CancellationToken ct);
}

/// <summary>How an adviser is asked.</summary>
/// <param name="Detector">What its findings are called.</param>
/// <param name="Called">For people, as in <c>the analyzer presidio</c>.</param>
/// <param name="Timeout">For all texts of one prompt together.</param>
/// <param name="LongestText">In UTF-16 units; it is not asked about a longer one.</param>
/// <param name="AtOnce">Texts it is asked about at the same time, of all prompts.</param>
internal sealed record AdviserTerms(string Detector, string Called, TimeSpan Timeout, int LongestText, int AtOnce)
{
    public Mark NotInspected(int start, int end, string why) =>
        new(new DetectorProfile(Detector, RiskCategory.Fault, "FAULT", [], []), start, end, 1, $"{why}, so this text was not inspected by {Called}.");
}

/// <summary>A finding that knows its place in a text, in UTF-16 units, and not yet which text of the prompt that is.</summary>
internal sealed record Mark(DetectorProfile Profile, int Start, int End, double Confidence, string Reason);
