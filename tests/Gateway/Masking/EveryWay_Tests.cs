using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using Gateway.Masking;
using Gateway.Policy;

namespace Gateway.Tests.Masking;

/// <summary>
/// Promise 7 for every way of masking: a model that says back what it was sent is heard the same in any chunks, and what is
/// to be restored is restored, in text and in arguments.
/// </summary>
public sealed class EveryWay_Tests
{
    private static readonly ConversationKey Key = WaysOfMasking_Tests.Key("alice", "", "Hello");

    private static readonly Gen<(string Text, MaskedAs[] Ways, int[] Cuts)> Samples =
        Gen.Select(AnswerTexts.WithValues(AnswerTexts.Values), Gen.OneOf(Enum.GetValues<MaskedAs>().Select(Gen.Const).ToArray()).Array[8], AnswerTexts.Cuts, (sample, ways, cuts) => (sample.Text, ways, cuts));

    [Fact]
    public void Text_is_heard_the_same_in_any_chunks() => Samples.Sample(sample =>
    {
        var (masked, restored, mask) = Sent(sample.Text, sample.Ways);
        var stream = mask.Open();

        var left = string.Concat(AnswerTexts.Chunks(masked, sample.Cuts).Select(stream.Push)) + stream.Finish();

        Assert.Equal(restored, left);
        Assert.Equal(0, mask.Hidden);
    }, iter: AnswerTexts.Cases);

    [Fact]
    public void Arguments_are_heard_the_same_in_any_chunks_and_stay_json() => Samples.Sample(sample =>
    {
        var (masked, restored, mask) = Sent(sample.Text, sample.Ways);
        var arguments = JsonSerializer.Serialize(new { note = masked, list = new[] { masked }, n = 7 });
        var stream = mask.Open(jsonText: true);

        var left = string.Concat(AnswerTexts.Chunks(arguments, sample.Cuts).Select(stream.Push)) + stream.Finish();

        Assert.Equal(restored, (string?)JsonNode.Parse(left)!["note"]);
        Assert.Equal(restored, (string?)JsonNode.Parse(left)!["list"]![0]);
        Assert.Equal(left, mask.MaskWhole(arguments, jsonText: true));
    }, iter: AnswerTexts.Cases);

    [Fact]
    public void Anything_at_all_around_made_up_values_is_cut_without_a_trace()
    {
        var pseudonyms = new Pseudonyms();
        var fakes = new[] { ("CREDIT_CARD", "4111 1111 1111 1111"), ("EMAIL_ADDRESS", "jane.miller@corp.example"), ("PHONE_NUMBER", "+1 212 664 7665"), ("IBAN_CODE", "GB29 NWBK 6016 1331 9268 19"), ("UK_NINO", "QQ 12 34 56 C") }
            .Select(value => pseudonyms.FakeFor(value.Item1, value.Item2, Key)).ToArray();
        var token = pseudonyms.TokenFor("PERSON", "Jane");
        var piece = Gen.OneOf(Gen.OneOf<string>(fakes), Gen.OneOf<string>(fakes.Select(fake => fake.Replace(" ", "-", StringComparison.Ordinal)).ToArray()), Gen.OneOf<string>(fakes.Select(fake => fake.Replace(" ", "", StringComparison.Ordinal)).ToArray()),
            Gen.OneOf<string>(token, "[EMAIL #0123456789ab]", "[CARD …1111]", "[CARD hidden]", " ", "12 ", "AB ", ".", "-", "x", "7", "+", "(", "\"", ",", "[", "\n", "東", "\uD83D\uDE00"), Gen.Char.AlphaNumeric.Array[0, 600].Select(c => new string(c)));

        Gen.Select(piece.Array[1, 30], AnswerTexts.Cuts, Gen.Bool).Sample((pieces, cuts, json) =>
        {
            var text = string.Concat(pieces);
            var mask = new AnswerMask(SampleFinder.Find, pseudonyms, _ => false);
            var stream = mask.Open(json);

            Assert.Equal(mask.MaskWhole(text, json), string.Concat(AnswerTexts.Chunks(text, cuts).Select(stream.Push)) + stream.Finish());
        }, iter: AnswerTexts.Cases);
    }

    /// <summary>A prompt whose values are masked each in its way: what the model got, what the caller should hear of it, and the answer's mask.</summary>
    private static (string Masked, string Restored, AnswerMask Mask) Sent(string text, MaskedAs[] ways)
    {
        var pseudonyms = new Pseudonyms([text]);
        var findings = SampleFinder.Find(text);

        string Shown(string type, string value) => ways[value.Length % ways.Length] switch
        {
            MaskedAs.Pseudonym => pseudonyms.TokenFor(type, value),
            MaskedAs.Fake => pseudonyms.FakeFor(type, value, Key),
            MaskedAs.Label => Labels.Hidden(type),
            MaskedAs.Partial => Labels.Partial(type, value),
            MaskedAs.Hash => Labels.Hash(type, value, Key),
            _ => value,
        };
        string Heard(string type, string value) => ways[value.Length % ways.Length] is MaskedAs.Pseudonym or MaskedAs.Fake or MaskedAs.Kept ? value : Shown(type, value);

        var masked = TextMask.Apply(text, findings, Shown);
        return (masked, TextMask.Apply(text, findings, Heard), new AnswerMask(SampleFinder.Find, pseudonyms, masked.Contains));
    }
}
