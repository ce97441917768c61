using Contracts;
using Gateway.Risk.Attacks;
using Gateway.Risk.Confidential;
using Gateway.Risk.Personal;
using Gateway.Risk.Secrets;

namespace Gateway.Risk;

/// <summary>A part of the prompt under inspection; views that several detectors need are made once, when first asked for.</summary>
internal sealed class InspectedText(PromptPart part)
{
    /// <summary>Context words count only this many UTF-16 units before a match, and never after it.</summary>
    public const int ContextLength = 64;

    /// <summary>Of all detectors that look for triggers in the text as it was written.</summary>
    private static readonly TriggerBeginnings Triggers = new(SecretDetector.Table.Beginnings, SpokenDetector.Table.Beginnings, MarkingDetector.Beginnings);

    private FoldedText? folded;
    private ulong[]? triggerPlaces;
    private NumberRun[]? numbers;
    private AttackReading? reading;
    private IReadOnlyList<Disguise>? disguises;

    public PromptPart Part { get; } = part;
    public string Text => Part.Text;
    public FoldedText Folded => folded ??= FoldedText.Of(Text);
    public AttackReading Reading => reading ??= new(Text, Folded);
    public ulong[] TriggerPlaces => triggerPlaces ??= Triggers.In(Text);
    public NumberRun[] Numbers => numbers ??= NumberRuns.In(Text);
    public IReadOnlyList<Disguise> Disguises => disguises ??= Disguise.In(Text);

    public ReadOnlySpan<char> Before(int start)
    {
        var from = Math.Max(0, start - ContextLength);
        return Text.AsSpan(from, start - from);
    }

    public Finding Finding(DetectorProfile detector, int start, int end, double confidence, string reason) => new()
    {
        Detector = detector.Name,
        Category = detector.Category,
        Type = detector.Type,
        Path = Part.Path,
        Start = InsidePair(start) ? start - 1 : start,
        End = InsidePair(end) ? end + 1 : end,
        Confidence = confidence,
        Reason = reason,
    };

    /// <summary>A pattern that ends after so many units may end there; half a pair is no text, neither masked nor left.</summary>
    private bool InsidePair(int at) => at > 0 && at < Text.Length && char.IsLowSurrogate(Text[at]) && char.IsHighSurrogate(Text[at - 1]);
}
