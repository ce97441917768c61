using System.Text;
using Contracts;
using CsCheck;
using Gateway.Masking;

namespace Gateway.Tests.Masking;

/// <summary>Promise 7: masking does not depend on chunking.</summary>
public sealed class ChunkingTests
{
    [Fact]
    public void Streamed_is_whole_and_whole_hides_all_that_is_found_in_the_whole_text()
    {
        Gen.Select(Texts, AnswerTexts.Cuts).Sample((sample, cuts) =>
        {
            var (text, _) = sample;
            var whole = Mask(SampleFinder.Find).MaskWhole(text);

            Assert.Equal(whole, Streamed(Mask(SampleFinder.Find).Open(), text, cuts));
            Assert.Equal(MaskedAtOnce(text), whole);
        }, iter: AnswerTexts.Cases);
    }

    [Fact]
    public void No_sensitive_value_survives()
    {
        Gen.Select(Texts, AnswerTexts.Cuts).Sample((sample, cuts) =>
        {
            var mask = Mask(SampleFinder.Find);
            var left = Streamed(mask.Open(), sample.Text, cuts);

            Assert.All(sample.Values, value => Assert.DoesNotContain(value, left, StringComparison.Ordinal));
            Assert.Equal(sample.Values.Length, mask.Hidden);
            Assert.Equal(sample.Values.Length, mask.HiddenByType.Values.Sum());
        }, iter: AnswerTexts.Cases);
    }

    [Fact]
    public void Streamed_is_whole_even_for_a_detector_that_keeps_no_promise()
    {
        var strange = Gen.Char[" \n\r\t,;.-\"'[]{}()0123456789ABCXYZabcxyz@+\\/=_:、。\u00A0"];
        var anything = Gen.OneOf<string>(
            strange.Array[0, 300].Select(c => new string(c)),
            Gen.OneOf<string>(AnswerTexts.Prose, AnswerTexts.Keys, Gen.OneOf<string>("-----BEGIN ", "PRIVATE KEY-----\n", "-----END", "[EMAIL_1]", "[EMAIL ", "1]", "4 1 ", "a\n@\n", "four one ", "&#64;", "%40", "\uD83D", "\uDE00", "12 ", "AB ")).Array[0, 40].Select(string.Concat));

        Gen.Select(anything, AnswerTexts.Cuts, Gen.Bool).Sample((text, cuts, json) =>
            Assert.Equal(Mask(FindByHash, alike: false).MaskWhole(text, json), Streamed(Mask(FindByHash).Open(json), text, cuts)), iter: AnswerTexts.Cases);
    }

    [Fact]
    public void Streamed_is_whole_where_the_text_has_no_white_space()
    {
        var filler = Gen.Char["abcdefXYZ0123456789_-.:/\uD83D\uDE00"].Array[200, 3000].Select(c => new string(c));
        var texts = Gen.Select(filler, Gen.OneOf<string>(AnswerTexts.Secrets, AnswerTexts.Emails), Gen.OneOf<string>("\"", ",", "|", "~", "[EMAIL_1]"))
            .Select((fill, value, edge) => (Text: $"{fill}{edge}~{value}~", Value: value)).Array[1, 8];

        Gen.Select(texts, AnswerTexts.Cuts).Sample((pieces, cuts) =>
        {
            var text = string.Concat(pieces.Select(p => p.Text));
            var left = Streamed(Mask(SampleFinder.Find).Open(), text, cuts);

            Assert.Equal(Mask(SampleFinder.Find).MaskWhole(text), left);
            Assert.All(pieces, piece => Assert.DoesNotContain(piece.Value, left, StringComparison.Ordinal));
        }, iter: AnswerTexts.Cases / 50);
    }

    [Fact]
    public void A_masked_prompt_echoed_in_any_chunks_is_the_prompt_again()
    {
        Gen.Select(AnswerTexts.WithValues(AnswerTexts.Values), AnswerTexts.Cuts).Sample((sample, cuts) =>
        {
            var pseudonyms = new Pseudonyms([sample.Text]);
            var masked = TextMask.Apply(sample.Text, SampleFinder.Find(sample.Text), pseudonyms);
            var mask = new AnswerMask(SampleFinder.Find, pseudonyms, masked.Contains);

            Assert.All(sample.Values, value => Assert.DoesNotContain(value, masked, StringComparison.Ordinal));
            Assert.Equal(sample.Text, Streamed(mask.Open(), masked, cuts));
            Assert.Equal(0, mask.Hidden);
        }, iter: AnswerTexts.Cases);
    }

    [Fact]
    public void What_is_held_is_bounded()
    {
        // No single characters and no digits in words: those may spell something, and are held together.
        var word = Gen.Char["abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ,.;:!?'()"].Array[1, 12].Select(c => $"qq{new string(c)}");

        Gen.Select(word.Array[1, 60], AnswerTexts.Cuts).Sample((words, cuts) =>
        {
            var longest = words.Max(w => w.Length);
            var stream = Mask(SampleFinder.Find).Open();
            foreach (var chunk in AnswerTexts.Chunks(string.Join(' ', words), cuts))
            {
                stream.Push(chunk);
                Assert.InRange(stream.Held, 0, longest + 1);
            }
            stream.Finish();
            Assert.Equal(0, stream.Held);
        }, iter: AnswerTexts.Cases);
    }

    private static Gen<(string Text, string[] Values)> Texts { get; } =
        AnswerTexts.WithValues(Gen.Frequency<string>((5, AnswerTexts.Values), (2, Gen.OneOf<string>("[EMAIL_1]", "[email_2]", "[CARD_10]", "[CARD_1]"))))
            .Select(t => (t.Text, t.Values.Where(v => v[0] != '[').ToArray()));

    private static Dictionary<string, string> Known { get; } = new(StringComparer.OrdinalIgnoreCase)
    {
        ["[EMAIL_1]"] = "first@caller.example", ["[EMAIL_2]"] = "second@caller.example", ["[CARD_1]"] = "a\"b\\c\nd", ["[CARD_10]"] = "ten",
    };

    private static AnswerMask Mask(FindSensitive find, bool alike = true) => new(find, Pseudonyms.Import(Known), _ => false, alike);

    private static string Streamed(StreamMask stream, string text, int[] cuts)
    {
        var left = new StringBuilder();
        foreach (var chunk in AnswerTexts.Chunks(text, cuts)) left.Append(stream.Push(chunk));
        return left.Append(stream.Finish()).ToString();
    }

    /// <summary>What must come out, the simple way: look at the whole text at once, replace from the end.</summary>
    private static string MaskedAtOnce(string text)
    {
        var blank = text;
        var edits = new List<(int Start, int End, string Text)>();
        foreach (var (token, value) in Known.Append(new(@"\[EMAIL_1\]", Known["[EMAIL_1]"])).Append(new("[EMAIL_01]", Known["[EMAIL_1]"])))
        {
            for (var at = text.IndexOf(token, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(token, at + 1, StringComparison.OrdinalIgnoreCase))
            {
                edits.Add((at, at + token.Length, value));
                blank = blank.Remove(at, token.Length).Insert(at, new string(' ', token.Length));
            }
        }
        edits.AddRange(SampleFinder.Find(blank).Select(f => (f.Start, f.End, Labels.Hidden(f.Type))));
        return edits.OrderByDescending(e => e.Start).Aggregate(text, (left, edit) => left[..edit.Start] + edit.Text + left[edit.End..]);
    }

    /// <summary>Finds something that depends on every character it is shown.</summary>
    private static IReadOnlyList<Finding> FindByHash(string text)
    {
        var hash = text.Aggregate(17u, (h, c) => h * 31 + c);
        var start = (int)(hash % (uint)text.Length);
        var end = Math.Min(text.Length, start + (int)(hash / 7 % 40));
        return hash % 3 == 0 && end > start ? [SampleFinder.Finding(start, end, "CREDIT_CARD")] : [];
    }
}
