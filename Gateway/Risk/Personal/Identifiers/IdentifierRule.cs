using Contracts;

namespace Gateway.Risk.Personal.Identifiers;

/// <summary>One kind of number that a state, a bank or a clinic gives out: how it is written, what its characters must satisfy, which words name it.</summary>
internal sealed class IdentifierRule
{
    private static readonly string[] Separators = ["", " ", "-"];

    /// <summary>For what is written in one piece, and for what crosses white space at a letter; null where no shape does.</summary>
    public DetectorProfile? Joined { get; private set; }

    /// <inheritdoc cref="Joined"/>
    public DetectorProfile? Spaced { get; }

    /// <summary>Tells rules of one type apart.</summary>
    public string Part { init => Joined = Joined! with { Name = $"{Joined.Name}-{value}" }; }

    /// <summary>Ways of writing it: <c>9</c> a digit, <c>A</c> a letter, anything else stands for itself.</summary>
    public IReadOnlyList<string> Shapes { get; }

    /// <summary>On letters and digits alone, in upper case.</summary>
    public Func<string, bool> Valid { get; }

    /// <summary>How sure it is where no word names it; below <see cref="RiskScorer.LeastConfidence"/> it is a guess.</summary>
    public double Alone { get; }

    /// <summary>How sure it is behind one of its words; less where they name many things.</summary>
    public double Named { get; init; }
    public Context Words { get; }
    public string Reason { get; }

    /// <param name="shapes">
    /// Separated by <c>|</c>; <c>X</c> is a letter or a digit, <c>~</c> a separator: nothing, a space, or a dash, the same at every place.
    /// </param>
    /// <param name="words">Separated by <c>|</c>; the text before is searched for them, in any case.</param>
    /// <param name="examples">With the number in <c>⟦ ⟧</c>; or beginning with <c>!</c>, to be spared.</param>
    public IdentifierRule(string type, string label, string shapes, double alone, string words, Func<string, bool> valid, params string[] examples)
    {
        Shapes = [.. shapes.Split('|').SelectMany(Separated).SelectMany(Expanded).Distinct()];
        var name = "personal." + type.ToLowerInvariant().Replace('_', '-');
        var crossing = examples.ToLookup(example => CrossesWords(Marked(example)));
        if (Shapes.Any(shape => !CrossesWords(shape))) Joined = Profile(name, type, crossing[false], examples);
        if (Shapes.Any(CrossesWords)) Spaced = Profile(name + "-spaced", type, crossing[true], examples);
        (Alone, Named) = (alone, Math.Max(alone, 0.9));
        Words = new Context(words.Split('|'));
        Valid = valid;
        Reason = $"Is written like {label}{(valid == Anything ? "" : ", and its check digits or ranges agree")}.";
    }

    /// <summary>Where nothing but the writing tells.</summary>
    public static bool Anything(string compact) => true;

    /// <summary>Whether it crosses white space at a letter, which an answer judged in pieces may not.</summary>
    public static bool CrossesWords(string shape)
    {
        for (var at = shape.IndexOf(' '); at >= 0; at = shape.IndexOf(' ', at + 1))
        {
            if (shape[at - 1] != '9' || shape[at + 1] != '9') return true;
        }
        return false;
    }

    private static DetectorProfile Profile(string name, string type, IEnumerable<string> finds, IEnumerable<string> spares) =>
        new(name, RiskCategory.Personal, type, [.. finds.Where(e => e[0] != '!')], [.. spares.Where(e => e[0] == '!').Select(e => e[1..])]);

    /// <summary>The shape of what an example marks.</summary>
    private static string Marked(string example)
    {
        var (start, end) = (example.IndexOf('⟦') + 1, example.IndexOf('⟧'));
        return end < 0 ? "" : string.Concat(example[start..end].Select(c => char.IsAsciiDigit(c) ? '9' : char.IsAsciiLetter(c) ? 'A' : c));
    }

    private static IEnumerable<string> Separated(string shape) =>
        shape.Contains('~') ? Separators.Select(separator => shape.Replace("~", separator, StringComparison.Ordinal)) : [shape];

    private static IEnumerable<string> Expanded(string shape)
    {
        var at = shape.IndexOf('X');
        if (at < 0) return [shape];
        return Expanded($"{shape[..at]}9{shape[(at + 1)..]}").Concat(Expanded($"{shape[..at]}A{shape[(at + 1)..]}"));
    }
}
