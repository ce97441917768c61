namespace Gateway.Risk.Attacks.Model;

/// <summary>Features that can be told in words: meanings, pairs of meanings, the rules' signs, the shape of the text.</summary>
internal static class NamedFeatures
{
    private static readonly int Meanings = Lexicon.Shipped.Names.Count;
    private static readonly int Far = Meanings + (Meanings * Meanings);
    private static readonly int Rules = Far + (Meanings * Meanings);
    private static readonly int Shapes = Rules + AttackSigns.Rules.Count;

    public static int Count { get; } = Shapes + TextShape.Count;

    public static int Meaning(byte meaning) => meaning;

    public static int Pair(byte first, byte second, bool near) => (near ? Meanings : Far) + (first * Meanings) + second;

    public static int Rule(AttackRule rule) => Rules + AttackSigns.IndexOf(rule);

    public static int Shape(int shape) => Shapes + shape;

    /// <summary>In words that are the model's own, never the text's.</summary>
    public static string Describe(int feature)
    {
        var words = Lexicon.Shipped.Descriptions;
        if (feature < Meanings) return words[feature];
        if (feature >= Shapes) return TextShape.Describe(feature - Shapes);
        if (feature >= Rules) return AttackSigns.Rules[feature - Rules].Profile.Name["attack.".Length..].Replace('-', ' ');
        var near = feature < Far;
        var pair = feature - (near ? Meanings : Far);
        return $"{words[pair / Meanings]} {(near ? "right before" : "before")} {words[pair % Meanings]}";
    }
}
