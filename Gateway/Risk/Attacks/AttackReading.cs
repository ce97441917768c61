using Gateway.Risk.Attacks.Model;

namespace Gateway.Risk.Attacks;

/// <summary>What rules and model make of one text, or of what a disguise hides; each made once, when first asked for.</summary>
internal sealed class AttackReading(string text, FoldedText folded)
{
    private IReadOnlyList<AttackSign>? signs;
    private WindowScore? window;

    public FoldedText Folded => folded;
    public IReadOnlyList<AttackSign> Signs => signs ??= AttackSigns.In(folded);

    /// <summary>The stretch that is most like an attack.</summary>
    public WindowScore Window => window ??= AttackModel.Shipped.Score(text, folded, Signs);

    public double Probability => AttackModel.Shipped.Calibration.Probability(Window.Strength);

    /// <summary>
    /// How much a rule's sign counts, 0.2 to 1: a phrase in a text that otherwise reads harmless is more often talked about than
    /// used. On origins that neither had seen, this halves the rules' false alarms and costs almost nothing they find.
    /// </summary>
    public double Weight => Math.Min(1, 0.2 + (4 * Probability));
}
