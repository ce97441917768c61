using System.Text;
using CsCheck;
using Gateway.Risk;

namespace Gateway.Tests.Risk;

public sealed class FoldedText_Tests
{
    private static readonly string[] Pieces = ["Plain", "words ", "w", " ", "  ", "\n", ". ", "-", "\u200B", "É", " 2024 ", " 7 ", "The quick brown fox jumps over the lazy dog, and nobody stopped it from doing so. "];

    private static readonly Gen<string> Texts = Gen.Int[0, Pieces.Length - 1].Array[0, 40].Select(picked => string.Concat(picked.Select(piece => Pieces[piece])));

    [Fact]
    public void Stretches_read_at_once_fold_as_character_by_character() => Texts.Sample(text =>
    {
        var (expected, origins) = OneByOne(text);
        var folded = FoldedText.Of(text);

        Assert.Equal(expected, folded.Text);
        Assert.Equal(origins, Enumerable.Range(0, expected.Length).Select(at => folded.Original(at, at + 1).Start));
    }, iter: 3_000);

    [Fact]
    public void A_long_text_with_one_odd_character_folds_as_without_it() =>
        Assert.Equal(FoldedText.Of(new('a', 5_000)).Text + " b", FoldedText.Of(new string('A', 2_500) + "\u200B" + new string('a', 2_500) + "  B").Text);

    /// <summary>What folding is, for texts of these pieces alone: no digit stands among letters.</summary>
    private static (string Text, List<int> Origins) OneByOne(string text)
    {
        var folded = new StringBuilder();
        List<int> origins = [];
        for (var at = 0; at < text.Length; at++)
        {
            var c = text[at] == 'É' ? 'e' : char.ToLowerInvariant(text[at]);
            if (c == '\u200B') continue;
            if (c is ' ' or '\n' && folded.Length > 0 && folded[^1] is ' ' or '\n')
            {
                if (c == '\n') folded[^1] = c;
                continue;
            }
            folded.Append(c);
            origins.Add(at);
        }
        return (folded.ToString(), origins);
    }
}
