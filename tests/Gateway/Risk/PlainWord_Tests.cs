using System.Runtime.Intrinsics;
using CsCheck;
using Gateway.Risk.Attacks.Model;

namespace Gateway.Tests.Risk;

public sealed class PlainWord_Tests
{
    private static readonly Gen<string> Texts = Gen.String[Gen.Char["abz059_ .-'Aéа機"], 16, 50];

    [Fact]
    public void It_is_what_is_found_character_by_character() =>
        Gen.Select(Texts, Gen.Int[0, 49]).Sample((text, at) =>
        {
            at %= text.Length;
            var end = at;
            while (end < text.Length && Token.IsPlain(text[end])) end++;
            var isPlain = at + 16 <= text.Length && end - at <= PlainWord.Longest && Token.Ends(text[end]);

            Assert.Equal(isPlain ? end - at : 0, PlainWord.At(text, at, out var letters));
            Span<byte> expected = stackalloc byte[Vector128<byte>.Count];
            for (var i = 0; isPlain && i < end - at; i++) expected[i] = (byte)text[at + i];
            Assert.Equal(Vector128.Create<byte>(expected), letters);
        }, iter: 5_000);

    [Fact]
    public void A_word_known_by_another_name_is_taken_apart_again()
    {
        string[] words = [.. Enumerable.Range(0, 2_000).Select(number => $"w{number}")];
        using FeatureMemory memory = new(length: 0); // the smallest: each place is taken many times
        Span<uint> pieces = stackalloc uint[WordParts.MostPieces];
        foreach (var word in words.Concat(words))
        {
            Assert.Equal(word.Length, PlainWord.At(word.PadRight(16), 0, out var letters));
            var place = memory.Know(letters, word);
            Assert.Equal(WordParts.Read(word), (memory[place].Hash, memory[place].Meanings));
            Assert.Equal(pieces[..WordParts.Pieces(word, alone: false, pieces)], memory.Pieces(place));
        }
    }
}
