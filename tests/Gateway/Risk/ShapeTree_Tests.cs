using CsCheck;
using Gateway.Risk.Personal.Identifiers;

namespace Gateway.Tests.Risk;

public sealed class ShapeTree_Tests
{
    private static readonly Gen<string> Shapes = Gen.String[Gen.Char["9A -"], 1, 5];

    [Fact]
    public void A_shape_is_known_where_it_ends_and_nowhere_else() => Gen.Select(Shapes.Array[0, 8], Shapes).Sample((known, drawn) =>
    {
        var rule = new IdentifierRule("TEST", "a test", "9", 0.5, "test", IdentifierRule.Anything, "test ⟦9⟧");
        var tree = new ShapeTree(known.Select(shape => (shape, rule)));

        var node = ShapeTree.Root;
        foreach (var c in drawn)
        {
            if (node != ShapeTree.None) node = tree.Next(node, c);
        }

        Assert.Equal(known.Any(shape => shape.StartsWith(drawn, StringComparison.Ordinal)), node != ShapeTree.None);
        Assert.Equal(known.Count(shape => shape == drawn), node == ShapeTree.None ? 0 : tree.RulesOf(node)?.Length ?? 0);
    }, iter: 2_000);

    [Fact]
    public void What_no_text_is_drawn_with_stands_nowhere() => Assert.Equal(ShapeTree.None, new ShapeTree([]).Next(ShapeTree.Root, 'x'));
}
