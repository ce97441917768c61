namespace Gateway.Risk.Personal.Identifiers;

/// <summary>Shapes, character by character, so that whoever draws one stops where none goes on like it: most numbers are like no identifier.</summary>
internal sealed class ShapeTree
{
    public const int Root = 0, None = -1;

    /// <summary>What texts are drawn with; a shape of anything else stands nowhere.</summary>
    private const string Alphabet = "9A -./:";

    /// <summary>For each character of ASCII its place in the alphabet, or <see cref="None"/>: looked up for every character that is drawn.</summary>
    private static readonly sbyte[] Letters = [.. Enumerable.Range(0, 128).Select(c => (sbyte)Alphabet.IndexOf((char)c))];

    /// <summary>For each node and each character of the alphabet the node behind it.</summary>
    private readonly int[] next;
    private readonly IdentifierRule[]?[] rules;

    public ShapeTree(IEnumerable<(string Shape, IdentifierRule Rule)> shapes)
    {
        List<int> grown = [.. NoChildren];
        List<IdentifierRule[]?> known = [null];
        foreach (var same in shapes.Where(pair => pair.Shape.All(Alphabet.Contains)).GroupBy(pair => pair.Shape, pair => pair.Rule))
        {
            var node = Root;
            foreach (var c in same.Key) node = Grow(grown, known, node, c);
            known[node] = [.. same];
        }
        (next, rules) = ([.. grown], [.. known]);
    }

    private static IEnumerable<int> NoChildren => Enumerable.Repeat(None, Alphabet.Length);

    /// <summary><see cref="None"/> where no shape goes on so.</summary>
    public int Next(int node, char c) => c < Letters.Length && Letters[c] is >= 0 and var letter ? next[(node * Alphabet.Length) + letter] : None;

    /// <summary>Who knows the shape that ends here; null where none does.</summary>
    public IdentifierRule[]? RulesOf(int node) => rules[node];

    private static int Grow(List<int> next, List<IdentifierRule[]?> rules, int node, char c)
    {
        var place = (node * Alphabet.Length) + Alphabet.IndexOf(c);
        if (next[place] != None) return next[place];
        next[place] = rules.Count;
        next.AddRange(NoChildren);
        rules.Add(null);
        return rules.Count - 1;
    }
}
